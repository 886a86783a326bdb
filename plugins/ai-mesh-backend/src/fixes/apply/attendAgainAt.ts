import type { ApplicationRecord } from './ApplicationRecord';

/** A cluster that does not answer is asked again. */
const AGAIN_MS = 10_000;

/**
 * When a fix is to be attended to, ISO 8601; undefined: when a person acts.
 *
 * @param requestExpiryMs - how long a request waits for a decision
 */
export function attendAgainAt(
  { state, words, requestedAt }: ApplicationRecord,
  requestExpiryMs: number,
  now: Date,
): string | undefined {
  switch (state) {
    case 'requested':
      return inMs(new Date(requestedAt), requestExpiryMs);
    case 'approved':
    case 'undoing':
      return inMs(now, words ? AGAIN_MS : 0);
    default:
      return undefined;
  }
}

/** A moment so much later, ISO 8601. */
export function inMs(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}
