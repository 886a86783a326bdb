import {
  said,
  wording,
  wordsOf,
  type CanaryWeights,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { JsonRecord, WrittenAffinity } from '../split';
import {
  ENGINE,
  type CanaryProgress,
  type CanaryRecord,
  type Move,
  type Outcome,
} from './CanaryRecord';
import { hold, sinceLastLook } from './look';
import { newWeights } from './newWeights';
import { weightOf } from './steps';
import { because, then, transition, unrecorded } from './transition';

/** A write that is in the cluster. */
export interface Written {
  move: Move;
  before: CanaryWeights;
  after: CanaryWeights;
  headerRule?: JsonRecord;
  affinity?: WrittenAffinity;
}

/** Records a write. Whatever state a person has put the canary in meanwhile, the weights are now those. */
export function wrote(
  record: CanaryRecord,
  written: Written,
  at: Date,
): Outcome {
  const { move } = written;
  if (move.kind === 'restore') {
    return restored(record, written, at);
  }
  const landed = progressAfter(record, written, at);
  const row = {
    by: ENGINE,
    at,
    evidence: move.asked ? undefined : record.progress.check,
    weightsBefore: written.before,
    weightsAfter: written.after,
  };
  if (record.state !== 'progressing') {
    return transition(
      record,
      {
        ...row,
        to: record.state,
        what: 'landed',
        ...because(said(wording('run.landed'))),
      },
      { ...landed, move: record.progress.move },
    );
  }
  return move.kind === 'finish'
    ? transition(
        record,
        {
          ...row,
          to: 'promoted',
          what: 'promoted',
          ...because(
            said(
              wording(move.asked ? 'run.promoted' : 'run.promotedPassed', {
                percent: Math.round(shareOf(written.after)),
              }),
            ),
          ),
        },
        {
          ...landed,
          cleanUp: soaking(record, at),
          fieldsToGiveUp: { failures: 0 },
          toTell: { event: 'after-promotion', failures: 0 },
        },
      )
    : transition(
        record,
        { ...row, to: 'progressing', ...describe(record, move) },
        landed,
      );
}

/** Nothing is left to restore: what the weights stood in is gone, or they are as before. */
export function restored(
  record: CanaryRecord,
  written: Pick<Written, 'before' | 'after'> | undefined,
  at: Date,
  why: Sentences = said(wording('run.restored')),
): Outcome {
  const back = (from: CanaryRecord) =>
    transition(
      from,
      {
        to: 'rolledBack',
        by: ENGINE,
        at,
        what: 'restored',
        ...because(why),
        weightsBefore: written?.before ?? from.progress.written,
        weightsAfter: written?.after,
      },
      {
        ...(written && {
          written: written.after,
          fieldsToGiveUp: { failures: 0 },
        }),
        toTell: { event: 'on-roll-back', failures: 0 },
        headerRule: undefined,
        affinity: undefined,
        phase: 'after',
        move: undefined,
        pause: undefined,
        drift: undefined,
        hold: undefined,
        failedWrites: undefined,
      },
    );
  return record.state === 'paused'
    ? then(
        transition(record, {
          to: 'rollingBack',
          by: ENGINE,
          at,
          what: 'retried',
          ...because(said(wording('run.retried'))),
        }),
        back,
      )
    : back(record);
}

/**
 * - `conflict`: somebody else kept changing the object
 * - `forbidden`: the service account lacks a right, unless the API server is only starting
 * - `refused`: the cluster will not have it, or the portal may not write
 * - `unreachable`: no answer
 */
export interface WriteFailure extends Sentences {
  reason: 'conflict' | 'forbidden' | 'refused' | 'unreachable';
}

/** How long a roll-back is tried without an answer before a person is called. */
const PATIENCE_MS = 60_000;

/** A write did not succeed. */
export function writeFailed(
  record: CanaryRecord,
  failure: WriteFailure,
  at: Date,
): Outcome {
  const { progress } = record;
  const failedWrites = {
    count: (progress.failedWrites?.count ?? 0) + 1,
    message: failure.message,
    since: progress.failedWrites?.since ?? at.toISOString(),
  };
  const failed = unrecorded(record, {
    failedWrites,
    move: progress.move?.asked ? progress.move : undefined,
  }).record;
  const passing =
    failure.reason === 'unreachable' ||
    failure.reason === 'conflict' ||
    (failure.reason === 'forbidden' && !stands(failedWrites, at));
  switch (record.state) {
    case 'progressing':
      return passing
        ? hold(
            failed,
            {
              reason:
                failure.reason === 'conflict'
                  ? 'write-conflict'
                  : 'source-unreachable',
              ...sentencesOf(failure),
            },
            sinceLastLook(record, at),
            at,
          )
        : pauseBecause(failed, failure, at);
    case 'rollingBack':
      return passing &&
        failure.reason !== 'conflict' &&
        at.getTime() - new Date(failedWrites.since).getTime() < PATIENCE_MS
        ? unrecorded(failed, {})
        : pauseBecause(failed, failure, at);
    default:
      return unrecorded(failed, {});
  }
}

/** An API server that starts refuses for a moment what the portal may very well do. */
function stands(
  { count, since }: { count: number; since: string },
  at: Date,
): boolean {
  return count >= 4 && at.getTime() - new Date(since).getTime() >= 30_000;
}

function pauseBecause(
  record: CanaryRecord,
  failure: WriteFailure,
  at: Date,
): Outcome {
  const restoring = record.state === 'rollingBack';
  const why = restoring
    ? said(wording('run.couldNotRestore'), ...wordsOf(failure))
    : sentencesOf(failure);
  return transition(
    record,
    {
      to: 'paused',
      by: ENGINE,
      at,
      what: restoring ? 'couldNotRestore' : 'couldNotWrite',
      ...because(why),
      weightsBefore: record.progress.written,
      weightsAfter: record.progress.written,
    },
    {
      hold: undefined,
      pause: {
        cause: pauseCause(restoring, failure.reason),
        by: ENGINE,
        ...why,
        since: at.toISOString(),
      },
    },
  );
}

function sentencesOf({ message, words }: WriteFailure): Sentences {
  return { message, ...(words && { words }) };
}

function pauseCause(restoring: boolean, reason: WriteFailure['reason']) {
  if (restoring) {
    return 'could-not-restore';
  }
  return reason === 'forbidden' ? 'forbidden' : 'refused';
}

function progressAfter(
  record: CanaryRecord,
  { move, after, headerRule, affinity }: Written,
  at: Date,
): Partial<CanaryProgress> {
  const reached: Partial<CanaryProgress> =
    move.kind === 'step' ? { step: move.step, asking: undefined } : {};
  const phase = {
    header: 'header',
    step: 'weights',
    finish: 'after',
    restore: 'after',
    rewrite: record.progress.phase,
  } as const;
  return {
    ...reached,
    phase: phase[move.kind],
    written: after,
    headerRule,
    affinity,
    move: undefined,
    ...newWeights(record.progress, at),
    hold: undefined,
    failedWrites: undefined,
  };
}

function describe(record: CanaryRecord, move: Move) {
  switch (move.kind) {
    case 'header':
      return {
        what: 'headerPhase',
        ...because(said(wording('run.header'))),
      };
    case 'rewrite':
      return {
        what: 'rewritten',
        ...because(said(wording('run.rewritten'))),
      };
    default: {
      const weight = weightOf(record, move) ?? '?';
      return {
        what: 'step',
        ...because(
          said(wording(move.asked ? 'run.step' : 'run.stepPassed', { weight })),
        ),
      };
    }
  }
}

function soaking(record: CanaryRecord, at: Date): CanaryProgress['cleanUp'] {
  const { cleanUp } = record.plan;
  return (
    cleanUp && {
      status: 'soaking',
      workloads: [],
      promotedAt: at.toISOString(),
      offeredAt: new Date(
        at.getTime() + cleanUp.soakSeconds * 1000,
      ).toISOString(),
    }
  );
}

function shareOf({ destinations }: CanaryWeights): number {
  return destinations.find(({ role }) => role === 'canary')?.percent ?? 0;
}
