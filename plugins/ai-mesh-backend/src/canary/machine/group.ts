import {
  ACTIVE_CANARY_STATES,
  said,
  wording,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  ENGINE,
  type CanaryProgress,
  type CanaryRecord,
  type Outcome,
} from './CanaryRecord';
import { because, transition } from './transition';

/**
 * What the others of its request mean for a canary:
 *
 * - `go`: nothing; it goes its own way
 * - `wait`: its turn comes when the one in `cluster` is promoted
 * - `stop`: it does not start any more, because of the one in `cluster`
 * - `turnBack`: it is rolled back, because the one in `cluster` is
 * - `leave`: it would be, and cannot be any more
 */
export type GroupDecision =
  | { decision: 'go' }
  | { decision: 'wait' | 'stop' | 'turnBack'; cluster: string }
  | { decision: 'leave'; cluster: string; why: Words };

const GO: GroupDecision = { decision: 'go' };

/**
 * From nothing but what is kept of each, so that whoever decides, and however often, comes to the same.
 *
 * @param others - the other canaries of its request
 */
export function decideInGroup(
  record: CanaryRecord,
  others: readonly CanaryRecord[],
): GroupDecision {
  const turned = others.find(({ progress }) => progress.turnedBack);
  const { progress } = record;
  switch (record.state) {
    case 'approved':
      return turned
        ? { decision: 'stop', cluster: turned.service.cluster }
        : itsTurn(record, others);
    case 'progressing':
    case 'paused':
      // Once: what a person decides about it after that is not taken back.
      return turned && !progress.turnedBack
        ? { decision: 'turnBack', cluster: turned.service.cluster }
        : GO;
    case 'promoted':
      return turned && !progress.turnedBack && progress.leftAsItIs === undefined
        ? fromPromotion(record, turned.service.cluster)
        : GO;
    default:
      return GO;
  }
}

function itsTurn(
  record: CanaryRecord,
  others: readonly CanaryRecord[],
): GroupDecision {
  for (const cluster of clustersBefore(record)) {
    const before = others.find(({ service }) => service.cluster === cluster);
    if (before?.state !== 'promoted') {
      return before && !isActive(before)
        ? { decision: 'stop', cluster }
        : { decision: 'wait', cluster };
    }
  }
  return GO;
}

function fromPromotion(record: CanaryRecord, cluster: string): GroupDecision {
  return isCleanedUp(record)
    ? {
        decision: 'leave',
        cluster,
        why: wording('group.scaledDown'),
      }
    : { decision: 'turnBack', cluster };
}

/** The clusters whose canaries have to be promoted before this one starts. */
export function clustersBefore({ group, service }: CanaryRecord): string[] {
  return group?.order === 'one-after-another'
    ? group.clusters.slice(0, group.clusters.indexOf(service.cluster))
    : [];
}

/** Whether one of a request can still take the others back, by itself. */
export function isActive({ state }: CanaryRecord): boolean {
  return ACTIVE_CANARY_STATES.includes(state);
}

/** Whether a person may roll it back although it is promoted: what was asked for with others goes back with them. */
export function mayComeBack(record: CanaryRecord): boolean {
  return (
    record.group !== undefined &&
    record.state === 'promoted' &&
    !record.progress.turnedBack &&
    !isCleanedUp(record)
  );
}

function isCleanedUp({ progress: { cleanUp } }: CanaryRecord): boolean {
  return (
    cleanUp !== undefined &&
    ['asked', 'done', 'undoing'].includes(cleanUp.status)
  );
}

/** What a promotion has left to do is not to be done any more. */
export const notPromoted: Partial<CanaryProgress> = {
  cleanUp: undefined,
  fieldsToGiveUp: undefined,
  toTell: undefined,
};

/** Does not start: an earlier one of its request was not promoted. */
export function stopInGroup(
  record: CanaryRecord,
  cluster: string,
  at: Date,
): Outcome {
  return transition(record, {
    to: 'cancelled',
    by: ENGINE,
    at,
    what: 'stopped',
    ...because(said(wording('group.stopped', { cluster }))),
  });
}

/** Goes back with another of its request. What somebody else has changed meanwhile it does not overwrite. */
export function turnBack(
  record: CanaryRecord,
  cluster: string,
  at: Date,
): Outcome {
  return transition(
    record,
    {
      to: 'rollingBack',
      by: ENGINE,
      at,
      what: 'takenBack',
      ...because(said(wording('group.takenBack', { cluster }))),
      evidence: record.progress.check,
      weightsBefore: record.progress.written,
      weightsAfter: record.progress.written,
    },
    {
      ...notPromoted,
      hold: undefined,
      pause: undefined,
      drift: undefined,
      failedWrites: undefined,
      move: { kind: 'restore', asked: true },
    },
  );
}

/** Stays promoted although another of its request was rolled back: that is said, and nothing overwritten. */
export function leaveInGroup(
  record: CanaryRecord,
  cluster: string,
  why: Words,
  at: Date,
): Outcome {
  const reason = because(
    said({
      key: 'group.stays',
      params: { ...why.params, cluster },
      terms: { why: why.key },
    }),
  );
  return transition(
    record,
    {
      to: record.state,
      by: ENGINE,
      at,
      what: 'notTakenBack',
      ...reason,
      weightsBefore: record.progress.written,
      weightsAfter: record.progress.written,
    },
    { leftAsItIs: reason.reason },
  );
}
