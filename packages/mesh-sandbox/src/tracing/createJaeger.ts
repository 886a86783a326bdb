import express, { Request, Response, Router } from 'express';
import { Faults } from '../faults';
import { surfaceFaults } from '../server/surfaceFaults';
import { JaegerError, JaegerQuery } from './JaegerQuery';
import { jaegerTrace } from './jaegerTrace';
import { jaegerV3 } from './jaegerV3';
import { TraceStore } from './TraceStore';

export interface JaegerOptions {
  traces: TraceStore;
  faults: Faults;
}

/** Jaeger's query API of both lines, as far as a client that searches and reads traces uses it. */
export function createJaeger({ traces, faults }: JaegerOptions): Router {
  const router = express.Router();
  router.use(surfaceFaults('jaeger', faults));
  router.use('/api/v3', jaegerV3(traces));
  router.get('/api/services', (_request, response) => {
    const services = traces.services();
    response.json(answer(services, services.length));
  });
  router.get('/api/services/:service/operations', (request, response) => {
    const operations = new Set<string>();
    for (const { spans } of traces.newest()) {
      spans
        .filter(({ service }) => service === request.params.service)
        .forEach(({ operation }) => operations.add(operation));
    }
    response.json(answer([...operations].sort(), operations.size));
  });
  router.get('/api/traces', (request, response) => {
    const query = new JaegerQuery(request);
    const found = [];
    for (const trace of traces.newest()) {
      if (found.length === query.limit) {
        break;
      }
      if (query.matches(trace)) {
        found.push(jaegerTrace(trace));
      }
    }
    response.json(answer(found, 0));
  });
  router.get('/api/traces/:id', (request, response) => {
    const trace = traces.get(request.params.id);
    if (!trace) {
      throw new JaegerError(404, 'trace not found');
    }
    response.json(answer([jaegerTrace(trace)], 0));
  });
  router.use(refused);
  return router;
}

function answer(data: unknown, total: number) {
  return { data, total, limit: 0, offset: 0, errors: null };
}

/** Express knows an error handler by its four parameters. */
function refused(
  error: Error,
  _request: Request,
  response: Response,
  next: (error: Error) => void,
) {
  if (!(error instanceof JaegerError)) {
    next(error);
    return;
  }
  response.status(error.status).json({
    ...answer(null, 0),
    errors: [{ code: error.status, msg: error.message }],
  });
}
