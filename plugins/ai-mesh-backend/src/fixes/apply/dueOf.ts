import type { ApplicationRecord } from './ApplicationRecord';
import type { Due } from './ApplicationStore';
import { fixNews } from './fixNews';

/** A cluster that does not answer is asked again. */
const AGAIN_MS = 10_000;

/** Longer than it takes to tell people: until then, whoever has saved the fix tells them. */
export const TELL_MS = 60_000;

/**
 * When something is left to do for a fix that is saved now.
 *
 * @param requestExpiryMs - how long a request waits for a decision
 */
export function dueOf(
  record: ApplicationRecord,
  requestExpiryMs: number,
  now: Date,
): Due {
  return {
    checkAt: checkAt(record, requestExpiryMs, now),
    tellAt: fixNews(record) && inMs(now, TELL_MS),
  };
}

function checkAt(
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
