import express, { Request, Response, Router } from 'express';
import { goDurationMs } from './goDuration';
import { attributesOf, otlpTrace } from './otlpTrace';
import { resourceOf } from './resourceOf';
import { SpanRecord } from './SpanRecord';
import { Trace, TraceStore } from './TraceStore';

/** A request that Jaeger's API 3 would refuse. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The API of Jaeger's second line, below `/api/v3`: traces as OTLP. Its parameters have names of two styles. */
export function jaegerV3(traces: TraceStore): Router {
  const router = express.Router();
  router.get('/services', (_request, response) => {
    response.json({ services: traces.services() });
  });
  router.get('/operations', (request, response) => {
    const { service } = request.query;
    const operations = new Map<string, string>();
    for (const { spans } of traces.newest()) {
      spans
        .filter(span => span.service === service)
        .forEach(({ operation, kind }) => operations.set(operation, kind));
    }
    response.json({
      operations: [...operations].map(([name, spanKind]) => ({
        name,
        spanKind,
      })),
    });
  });
  router.get('/traces', (request, response) => {
    answer(response, find(traces, request));
  });
  router.get('/traces/:id', (request, response) => {
    const trace = traces.get(request.params.id.toLowerCase().padStart(32, '0'));
    answer(response, trace ? [trace] : []);
  });
  router.use(refused);
  return router;
}

function answer(response: Response, found: readonly Trace[]) {
  if (found.length === 0) {
    throw new Refusal(404, 'No traces found');
  }
  response.json({ result: { resourceSpans: found.flatMap(otlpTrace) } });
}

function find(traces: TraceStore, { query }: Request): Trace[] {
  /** @returns the value, and the name that it was given by */
  const parameter = (name: string): [string | undefined, string] => {
    const old = name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
    const given = [name, old].find(one => typeof query[one] === 'string');
    return [given && String(query[given]), given ?? old];
  };
  const time = (name: string) => {
    const [value, given] = parameter(name);
    const ms = value === undefined ? NaN : Date.parse(value);
    if (value !== undefined && Number.isNaN(ms)) {
      throw new Refusal(400, `malformed parameter ${given}: ${value}`);
    }
    return ms;
  };
  const duration = (name: string) => {
    const [value, given] = parameter(name);
    const ms = value === undefined ? undefined : goDurationMs(value);
    if (value !== undefined && ms === undefined) {
      throw new Refusal(400, `malformed parameter ${given}: ${value}`);
    }
    return ms;
  };
  const [from, to] = [time('query.startTimeMin'), time('query.startTimeMax')];
  if (Number.isNaN(from) || Number.isNaN(to)) {
    throw new Refusal(
      400,
      'query.start_time_min and query.start_time_max are required',
    );
  }
  const [service] = parameter('query.serviceName');
  const [operation] = parameter('query.operationName');
  const depth = Number(
    parameter('query.searchDepth')[0] ?? query['query.num_traces'] ?? 100,
  );
  const minMs = duration('query.durationMin') ?? 0;
  const maxMs = duration('query.durationMax') ?? Infinity;
  const wanted = attributesWanted(query['query.attributes']);
  const fits = (trace: Trace) => (span: SpanRecord) => {
    const at = trace.offsetMs + span.startedAtMs;
    return (
      (!service || span.service === service) &&
      (!operation || span.operation === operation) &&
      at >= from &&
      at <= to &&
      span.durationMs >= minMs &&
      span.durationMs <= maxMs &&
      wanted.every(([key, value]) =>
        [...attributesOf(span), ...resourceOf(span)].some(
          one => one[0] === key && one[1] === value,
        ),
      )
    );
  };
  const found: Trace[] = [];
  for (const trace of traces.newest()) {
    if (found.length >= depth) {
      break;
    }
    if (trace.spans.some(fits(trace))) {
      found.push(trace);
    }
  }
  return found;
}

function attributesWanted(text: unknown): [string, string][] {
  if (typeof text !== 'string' || text === '') {
    return [];
  }
  try {
    return Object.entries(JSON.parse(text) as Record<string, string>);
  } catch {
    throw new Refusal(400, `malformed parameter query.attributes: ${text}`);
  }
}

/** Express knows an error handler by its four parameters. */
function refused(
  error: Error,
  _request: Request,
  response: Response,
  next: (error: Error) => void,
) {
  if (!(error instanceof Refusal)) {
    next(error);
    return;
  }
  response.status(error.status).json({
    error: { httpCode: error.status, message: error.message },
  });
}
