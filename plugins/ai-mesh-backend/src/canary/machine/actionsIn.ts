import type { CanaryActionName } from '@ai-mesh/plugin-ai-mesh-common';
import type { CanaryRecord } from './CanaryRecord';
import { mayComeBack } from './group';
import { moveAfter, unconfirmed } from './steps';

/** What the canary's state allows a person to do. */
export function actionsIn(record: CanaryRecord, at: Date): CanaryActionName[] {
  switch (record.state) {
    case 'requested':
      return ['approve', 'reject', 'cancel'];
    case 'approved':
      return ['cancel'];
    case 'progressing':
      return ['pause', ...advancing(record), 'rollBack', ...confirming(record)];
    case 'paused':
      return whenPaused(record);
    case 'promoted':
      return [
        ...whenPromoted(record, at),
        ...(mayComeBack(record) ? (['rollBack'] as const) : []),
      ];
    default:
      return [];
  }
}

function whenPaused(record: CanaryRecord): CanaryActionName[] {
  const { pause, drift } = record.progress;
  if (drift) {
    return drift.choices;
  }
  return pause?.cause === 'could-not-restore'
    ? // It is tried again by itself; this tries at once.
      ['rollBack']
    : ['resume', ...advancing(record), 'rollBack', ...confirming(record)];
}

/** Before the first write there is nothing to advance from: it is sent by itself. */
function advancing({ progress }: CanaryRecord): CanaryActionName[] {
  return progress.move?.asked ? [] : ['advance'];
}

function confirming(record: CanaryRecord): CanaryActionName[] {
  return unconfirmed(record, moveAfter(record)) === undefined
    ? []
    : ['confirmStep'];
}

function whenPromoted(
  { progress: { cleanUp } }: CanaryRecord,
  at: Date,
): CanaryActionName[] {
  if (cleanUp?.status === 'offered' || cleanUp?.status === 'undone') {
    return ['cleanUp'];
  }
  return cleanUp?.status === 'done' &&
    cleanUp.reversibleUntil !== undefined &&
    at.getTime() < new Date(cleanUp.reversibleUntil).getTime()
    ? ['undoCleanUp']
    : [];
}
