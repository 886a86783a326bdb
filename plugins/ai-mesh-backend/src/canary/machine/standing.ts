import { said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { ENGINE, type CanaryRecord, type Outcome } from './CanaryRecord';
import { because, transition } from './transition';

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
  const why = said(
    wording('run.disowned', {
      of: `${service.namespace}/${service.name}`,
      owners: progress.owners?.join(' / ') ?? entityRef,
    }),
  );
  return transition(
    record,
    {
      to: 'paused',
      by: ENGINE,
      at,
      what: 'disowned',
      ...because(why),
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
        ...why,
        since: at.toISOString(),
      },
    },
  );
}
