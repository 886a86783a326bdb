import type { Canary, CanaryPreflight } from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, InputError } from '@backstage/errors';

/** Somebody else was faster, or the canary's state does not allow it: the answer carries the state that holds now. */
export function conflict(message: string, canary?: Canary): ConflictError {
  return Object.assign(new ConflictError(message), canary && { canary });
}

/** The preflight found what blocks: the answer carries all of its checks. */
export function blocked(preflight: CanaryPreflight): InputError {
  const reasons = preflight.checks
    .filter(({ outcome }) => outcome === 'blocks')
    .map(({ message, detail }) => (detail ? `${message} ${detail}` : message));
  return Object.assign(new InputError(reasons.join(' ')), { preflight });
}
