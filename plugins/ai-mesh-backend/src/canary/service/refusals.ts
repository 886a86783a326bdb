import {
  said,
  wording,
  wordsOf,
  type Canary,
  type CanaryPreflightCheck,
  type CanaryPreview,
  type CanaryTransition,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { ConflictError, InputError } from '@backstage/errors';
import { worded } from '../../worded';

/**
 * Somebody else was faster, or the canary's state does not allow it: the answer carries the state that holds now, and
 * what happened since the one that the caller had seen.
 */
export function conflict(
  words: Words,
  canary?: Canary,
  since: readonly CanaryTransition[] = [],
): ConflictError {
  return Object.assign(
    worded(ConflictError, words),
    canary && { canary },
    since.length > 0 && { since },
  );
}

/** What blocks, in whichever cluster; where there are several, the message says in which. */
export function blockingChecks({
  checks,
  others = [],
}: CanaryPreview): CanaryPreflightCheck[] {
  return [
    ...checks,
    ...others.flatMap(({ cluster, preflight }) =>
      preflight.checks.map(check => ({
        ...check,
        ...said(wording('ask.inCluster', { cluster }), ...wordsOf(check)),
      })),
    ),
  ].filter(({ outcome }) => outcome === 'blocks');
}

/** The preflight found what blocks: the answer carries all of its checks. */
export function blocked(preflight: CanaryPreview): InputError {
  const reasons = blockingChecks(preflight).flatMap(check => [
    ...wordsOf(check),
    ...wordsOf({ message: check.detail }),
  ]);
  return Object.assign(worded(InputError, ...reasons), { preflight });
}
