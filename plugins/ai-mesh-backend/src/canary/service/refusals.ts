import type {
  Canary,
  CanaryPreflightCheck,
  CanaryPreview,
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
        message: `In cluster '${cluster}': ${check.message}`,
      })),
    ),
  ].filter(({ outcome }) => outcome === 'blocks');
}

/** The preflight found what blocks: the answer carries all of its checks. */
export function blocked(preflight: CanaryPreview): InputError {
  const reasons = blockingChecks(preflight).map(({ message, detail }) =>
    detail ? `${message} ${detail}` : message,
  );
  return Object.assign(new InputError(reasons.join(' ')), { preflight });
}
