import {
  said,
  wording,
  wordsOf,
  type CanaryCheck,
  type CanaryDrift,
} from '@ai-mesh/plugin-ai-mesh-common';
import { breachCounts } from '../gates';
import {
  ENGINE,
  type CanaryProgress,
  type CanaryRecord,
  type Outcome,
} from './CanaryRecord';
import { moveAfter, unconfirmed } from './steps';
import { because, transition, unrecorded } from './transition';

/** What the engine saw at one look: the cluster is not as it was left, or the evidence. */
export type Look =
  | { drift: CanaryDrift }
  | ({ check: CanaryCheck } & Partial<
      Pick<CanaryProgress, 'baseline' | 'counted' | 'quality'>
    >);

/** Decides on a look at a canary that moves. */
export function look(record: CanaryRecord, seen: Look, at: Date): Outcome {
  const { state } = record;
  if ('drift' in seen) {
    // Not even a roll-back by itself overwrites what somebody else wrote.
    return state === 'progressing' ||
      state === 'rollingBack' ||
      (state === 'paused' && record.progress.move?.kind === 'restore')
      ? pauseForDrift(record, seen.drift, at)
      : { record, transitions: [] };
  }
  if (state !== 'progressing') {
    return { record, transitions: [] };
  }
  const { check } = seen;
  const elapsedMs = sinceLastLook(record, at);
  const looked = unrecorded(record, {
    check,
    breaches: breachCounts(check),
    lookedAt: at.toISOString(),
    observedMs: record.progress.observedMs + elapsedMs,
    ...(seen.baseline && { baseline: seen.baseline }),
    ...(seen.counted && { counted: seen.counted }),
    ...(seen.quality && { quality: seen.quality }),
  }).record;
  switch (check.verdict.outcome) {
    case 'breach':
      return rollBackForBreach(withoutFailures(looked), check, at);
    case 'hold':
      return hold(withoutFailures(looked), check.verdict, elapsedMs, at);
    default:
      return pass(looked, check, at);
  }
}

/** Nothing is to be written for now: what failed before is no reason to come again soon. */
function withoutFailures(record: CanaryRecord): CanaryRecord {
  return unrecorded(record, { failedWrites: undefined }).record;
}

/**
 * How much of the time since the last look counts as observed. Also without a check (the cluster could not be read), so
 * that a hold has an age.
 */
export function sinceLastLook(
  { plan, progress }: CanaryRecord,
  at: Date,
): number {
  const { lookedAt } = progress;
  if (!lookedAt) {
    return 0;
  }
  const longest = 2 * plan.checkSeconds * 1000 + 5000;
  const elapsed = at.getTime() - new Date(lookedAt).getTime();
  return Math.min(Math.max(elapsed, 0), longest);
}

/** Stays; after the longest hold a person has to decide. */
export function hold(
  record: CanaryRecord,
  verdict: Pick<
    NonNullable<CanaryProgress['hold']>,
    'reason' | 'message' | 'words'
  >,
  elapsedMs: number,
  at: Date,
): Outcome {
  const { plan, progress } = record;
  const before = progress.hold;
  const held = {
    reason: verdict.reason,
    message: verdict.message,
    ...(verdict.words && { words: verdict.words }),
    since: before?.since ?? at.toISOString(),
    heldMs: before ? before.heldMs + elapsedMs : 0,
  };
  if (held.heldMs < plan.longestHoldSeconds * 1000) {
    return unrecorded(record, { hold: held, lookedAt: at.toISOString() });
  }
  const heldFor = said(
    wording('hold.for', { minutes: Math.round(held.heldMs / 60_000) }),
    ...wordsOf(held),
  );
  return transition(
    record,
    {
      to: 'paused',
      by: ENGINE,
      at,
      what: 'heldTooLong',
      ...because(heldFor),
      evidence: progress.check,
      weightsBefore: progress.written,
      weightsAfter: progress.written,
    },
    {
      hold: held,
      move: progress.move?.asked ? progress.move : undefined,
      lookedAt: at.toISOString(),
      pause: {
        cause: 'longest-hold',
        by: ENGINE,
        ...heldFor,
        since: at.toISOString(),
      },
    },
  );
}

function pass(record: CanaryRecord, check: CanaryCheck, at: Date): Outcome {
  const { plan, progress } = record;
  const waiting = { hold: undefined };
  if (progress.observedMs < plan.intervalSeconds * 1000) {
    return unrecorded(record, waiting);
  }
  const move = moveAfter(record);
  const weight = unconfirmed(record, move);
  if (weight === undefined) {
    return unrecorded(record, { ...waiting, move });
  }
  if (progress.asking === weight) {
    return unrecorded(record, waiting);
  }
  return transition(
    record,
    {
      to: 'progressing',
      by: ENGINE,
      at,
      what: 'asksForConfirmation',
      ...because(said(wording('run.confirm', { weight }))),
      evidence: check,
      weightsBefore: progress.written,
      weightsAfter: progress.written,
    },
    { ...waiting, asking: weight },
  );
}

function rollBackForBreach(
  record: CanaryRecord,
  check: CanaryCheck,
  at: Date,
): Outcome {
  return transition(
    record,
    {
      to: 'rollingBack',
      by: ENGINE,
      at,
      what: 'breach',
      ...because(check.verdict),
      evidence: check,
      weightsBefore: record.progress.written,
      weightsAfter: record.progress.written,
    },
    { hold: undefined, move: { kind: 'restore', asked: true } },
  );
}

function pauseForDrift(
  record: CanaryRecord,
  drift: CanaryDrift,
  at: Date,
): Outcome {
  return transition(
    record,
    {
      to: 'paused',
      by: ENGINE,
      at,
      what: 'drift',
      ...because(drift),
      weightsBefore: drift.expected,
      weightsAfter: drift.found,
    },
    {
      drift,
      hold: undefined,
      move: undefined,
      lookedAt: at.toISOString(),
      pause: {
        cause: 'drift',
        by: ENGINE,
        message: drift.message,
        ...(drift.words && { words: drift.words }),
        since: at.toISOString(),
      },
    },
  );
}
