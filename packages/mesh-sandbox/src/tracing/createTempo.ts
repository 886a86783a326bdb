import express, { Request, RequestHandler, Response, Router } from 'express';
import { Faults } from '../faults';
import { surfaceFaults } from '../server/surfaceFaults';
import { otlpTrace, ResourceSpans } from './otlpTrace';
import { InvalidSearch, searchParameters, TempoSearch } from './TempoSearch';
import { tagNames, tagValues } from './tempoTags';
import { InvalidTraceQl } from './traceQl';
import { Trace, TraceStore } from './TraceStore';

export interface TempoOptions {
  traces: TraceStore;
  faults: Faults;
  /** With a tenant, requests have to name it in `X-Scope-OrgID`, and others have no traces. */
  tenant?: string;
}

/** Tempo's query API, as far as a client that searches and reads traces uses it. */
export function createTempo({ traces, faults, tenant }: TempoOptions): Router {
  const router = express.Router();
  router.use(surfaceFaults('tempo', faults));
  router.get('/ready', (_request, response) => {
    response.type('text/plain').send('ready\n');
  });
  router.get('/api/echo', (_request, response) => {
    response.type('text/plain').send('echo');
  });
  router.get('/api/status/buildinfo', (_request, response) => {
    response.json({ version: '2.9.0', revision: 'sandbox' });
  });
  router.use('/api', tenancy(tenant));
  const all = (response: Response): Iterable<Trace> =>
    response.locals.stranger ? [] : traces.newest();
  const byId = (request: Request, response: Response) =>
    response.locals.stranger
      ? undefined
      : traces.get(request.params.id.toLowerCase().padStart(32, '0'));
  router.get('/api/search', (request, response) => {
    const search = new TempoSearch(searchParameters(request));
    response.json(search.answer(all(response)));
  });
  router.get('/api/search/tags', (request, response) => {
    const scopes = tagNames(all(response), request.query.scope);
    const names = new Set(scopes.flatMap(({ tags }) => tags));
    response.json({ tagNames: [...names].sort(), metrics: {} });
  });
  router.get('/api/v2/search/tags', (request, response) => {
    response.json({
      scopes: tagNames(all(response), request.query.scope),
      metrics: {},
    });
  });
  router.get('/api/search/tag/:tag/values', (request, response) => {
    const values = tagValues(all(response), `.${request.params.tag}`, '');
    response.json({ tagValues: values.map(({ value }) => value), metrics: {} });
  });
  router.get('/api/v2/search/tag/:tag/values', (request, response) => {
    const { q } = request.query;
    response.json({
      tagValues: tagValues(
        all(response),
        request.params.tag,
        typeof q === 'string' ? q : '',
      ),
      metrics: {},
    });
  });
  router.get('/api/traces/:id', (request, response) => {
    const trace = byId(request, response);
    if (!trace) {
      notFound(response);
      return;
    }
    response.json({ batches: asProtobufJson(otlpTrace(trace)) });
  });
  router.get('/api/v2/traces/:id', (request, response) => {
    const trace = byId(request, response);
    if (!trace) {
      notFound(response);
      return;
    }
    response.json({
      trace: { resourceSpans: asProtobufJson(otlpTrace(trace)) },
      metrics: {},
    });
  });
  router.use(refused);
  return router;
}

function tenancy(tenant: string | undefined): RequestHandler {
  return (request, response, next) => {
    const asked = request.headers['x-scope-orgid'];
    if (tenant !== undefined && !asked) {
      response.status(401).type('text/plain').send('no org id\n');
      return;
    }
    response.locals.stranger =
      tenant !== undefined && !String(asked).split('|').includes(tenant);
    next();
  };
}

function notFound(response: Response) {
  response.status(404).type('text/plain').send('trace not found\n');
}

/** Tempo writes its protocol buffers as JSON: identifiers in base64, and enumerations by their names. */
function asProtobufJson(resourceSpans: ResourceSpans[]) {
  const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
  return resourceSpans.map(({ resource, scopeSpans }) => ({
    resource,
    scopeSpans: scopeSpans.map(({ scope, spans }) => ({
      scope,
      spans: spans.map(span => ({
        ...span,
        traceId: base64(span.traceId),
        spanId: base64(span.spanId),
        ...(span.parentSpanId && { parentSpanId: base64(span.parentSpanId) }),
        kind: span.kind === 3 ? 'SPAN_KIND_CLIENT' : 'SPAN_KIND_SERVER',
        status: span.status.code ? { code: 'STATUS_CODE_ERROR' } : {},
      })),
    })),
  }));
}

/** Express knows an error handler by its four parameters. */
function refused(
  error: Error,
  _request: Request,
  response: Response,
  next: (error: Error) => void,
) {
  if (error instanceof InvalidTraceQl || error instanceof InvalidSearch) {
    response.status(400).type('text/plain').send(`${error.message}\n`);
  } else {
    next(error);
  }
}
