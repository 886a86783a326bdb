import { RetryPolicy } from '../mesh';
import { MeshResponse } from './messages';

/** Why a try did not bring an answer. */
export type Reset = 'connect-failure' | 'per-try-timeout' | 'closed';

const GRPC_NAMES: Record<number, string> = {
  1: 'cancelled',
  4: 'deadline-exceeded',
  13: 'internal',
  8: 'resource-exhausted',
  14: 'unavailable',
};

/** Whether Envoy would try again after this answer. */
export function retriesResponse(
  { retryOn }: RetryPolicy,
  { status, grpcStatus }: MeshResponse,
): boolean {
  if (grpcStatus !== undefined) {
    return retryOn.has(GRPC_NAMES[grpcStatus] ?? '');
  }
  return (
    (status >= 500 && retryOn.has('5xx')) ||
    (status >= 502 && status <= 504 && retryOn.has('gateway-error')) ||
    // Of the 4xx, Envoy takes only a conflict for one that may pass.
    (status === 409 && retryOn.has('retriable-4xx')) ||
    retryOn.has(String(status))
  );
}

/** Whether Envoy would try again after no answer. Any reset counts as a 5xx and as a gateway error. */
export function retriesReset({ retryOn }: RetryPolicy, reset: Reset): boolean {
  return (
    retryOn.has('5xx') ||
    retryOn.has('gateway-error') ||
    retryOn.has('reset') ||
    (reset === 'connect-failure' && retryOn.has('connect-failure'))
  );
}
