import { NextFunction, Request, RequestHandler, Response } from 'express';
import { setTimeout as delay } from 'timers/promises';
import { Fault } from './Fault';
import { Faults, FaultSubject } from './Faults';

export interface FaultMiddlewareOptions {
  faults: Faults;
  /** Tells of a request what a fault's scope asks for. */
  subject(request: Request): FaultSubject;
  /** Writes a refusal in the words of the surface; `Retry-After` is set already. */
  refuse(response: Response, status: number, message: string): void;
}

/** Makes requests suffer the faults in force: delay, refusal, silence, a cut connection. */
export function faultMiddleware(
  options: FaultMiddlewareOptions,
): RequestHandler {
  return (request, response, next) => {
    suffer(options, request, response, next).catch(next);
  };
}

async function suffer(
  { faults, subject, refuse }: FaultMiddlewareOptions,
  request: Request,
  response: Response,
  next: NextFunction,
): Promise<void> {
  const taken = faults.take(subject(request), [
    'latency',
    'status',
    'hang',
    'disconnect',
  ]);
  const latencyMs = taken.reduce((sum, fault) => sum + latencyOf(fault), 0);
  if (latencyMs > 0) {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    // A client that hangs up meanwhile needs no answer, and the sandbox no timer.
    await delay(latencyMs, undefined, { signal: gone.signal }).catch(
      (error: Error) => {
        if (error.name !== 'AbortError') {
          throw error;
        }
      },
    );
    if (gone.signal.aborted) {
      return;
    }
  }
  if (taken.some(fault => fault.type === 'disconnect')) {
    request.socket.destroy();
    return;
  }
  if (taken.some(fault => fault.type === 'hang')) {
    return;
  }
  const refusal = taken.find(fault => fault.type === 'status');
  if (refusal?.type === 'status') {
    if (refusal.retryAfterSeconds !== undefined) {
      response.setHeader('Retry-After', String(refusal.retryAfterSeconds));
    }
    refuse(
      response,
      refusal.status,
      refusal.message ?? `a fault set on the sandbox answers ${refusal.status}`,
    );
    return;
  }
  next();
}

function latencyOf(fault: Fault): number {
  return fault.type === 'latency' ? fault.latencyMs : 0;
}
