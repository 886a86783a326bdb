import { ENGINE, type CanaryRecord, type Outcome } from './CanaryRecord';
import { transition } from './transition';

/**
 * Whether a canary may go on by what proves whose its Service is: by an entity's proof that was there when it was approved
 * or resumed.
 */
export function isStillOwned(
  { progress }: CanaryRecord,
  owners: readonly string[],
): boolean {
  return progress.owners
    ? progress.owners.some(owner => owners.includes(owner))
    : owners.length > 0;
}

/** Stops: the weights stay until those decide whose Service it provably is. */
export function disowned(record: CanaryRecord, at: Date): Outcome {
  const { progress, service, entityRef } = record;
  const message = `Service ${service.namespace}/${service.name} is not proven any more to be ${progress.owners?.join(' or ') ?? entityRef}'s.`;
  return transition(
    record,
    {
      to: 'paused',
      by: ENGINE,
      at,
      what: 'disowned',
      reason: message,
      weightsBefore: progress.written,
      weightsAfter: progress.written,
    },
    {
      hold: undefined,
      move: progress.move?.asked ? progress.move : undefined,
      lookedAt: at.toISOString(),
      pause: {
        cause: 'not-proven',
        by: ENGINE,
        message,
        since: at.toISOString(),
      },
    },
  );
}
