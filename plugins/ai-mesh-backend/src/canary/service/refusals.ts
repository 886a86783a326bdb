import type {
  Canary,
  CanaryPreflight,
  CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, InputError } from '@backstage/errors';

/**
 * Somebody else was faster, or the canary's state does not allow it: the answer carries the state that holds now, and
 * what happened since the one that the caller had seen.
 */
export function conflict(
  message: string,
  canary?: Canary,
  since: readonly CanaryTransition[] = [],
): ConflictError {
  return Object.assign(
    new ConflictError(message),
    canary && { canary },
    since.length > 0 && { since },
  );
}

/** The preflight found what blocks: the answer carries all of its checks. */
export function blocked(preflight: CanaryPreflight): InputError {
  const reasons = preflight.checks
    .filter(({ outcome }) => outcome === 'blocks')
    .map(({ message, detail }) => (detail ? `${message} ${detail}` : message));
  return Object.assign(new InputError(reasons.join(' ')), { preflight });
}
