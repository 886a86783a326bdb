import { formatDuration } from '../routes/duration';
import type { Fix } from './Analyzer';
import type { ReviewSubject } from './ReviewSubject';
import { timeoutFor } from './suggestions';

/** What Istio retries by itself, written out: failures before the model has begun. */
export const SAFE_RETRIES = 'connect-failure,refused-stream';

/**
 * A VirtualService for a service that has none: everything to the service, with a timeout and retries that are safe.
 * Nothing where VirtualServices may be there, unseen, or the name is taken.
 */
export function plainRoute(subject: ReviewSubject): { fix?: Fix } {
  const { snapshot, service, telemetry } = subject;
  const { status, apiVersion } = snapshot.state('VirtualService');
  const { namespace, name } = service;
  if (
    (status !== 'synced' && status !== 'stale') ||
    snapshot.get('VirtualService', namespace, name)
  ) {
    return {};
  }
  return {
    fix: {
      create: {
        apiVersion: apiVersion ?? 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name, namespace },
        spec: {
          hosts: [name],
          http: [
            {
              timeout: formatDuration(timeoutFor(telemetry.p99Ms)),
              retries: { attempts: 2, retryOn: SAFE_RETRIES },
              route: [{ destination: { host: name } }],
            },
          ],
        },
      },
    },
  };
}
