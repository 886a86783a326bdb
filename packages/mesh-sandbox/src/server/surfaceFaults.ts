import { RequestHandler } from 'express';
import { faultMiddleware, Faults, FaultTarget } from '../faults';

/** Makes requests of a surface other than Kubernetes' suffer its faults; it refuses in plain text. */
export function surfaceFaults(
  target: FaultTarget,
  faults: Faults,
): RequestHandler {
  return faultMiddleware({
    faults,
    subject: ({ method, path }) => ({
      target,
      method,
      resource: path.split('/').filter(Boolean).at(-1),
    }),
    refuse(response, status, message) {
      response.status(status).type('text/plain').send(`${message}\n`);
    },
  });
}
