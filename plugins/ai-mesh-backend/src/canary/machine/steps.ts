import type { CanaryRecord, Move } from './CanaryRecord';

/** What follows when the present step has passed. */
export function moveAfter({ progress }: CanaryRecord): Move {
  const next = progress.step + 1;
  return next < progress.steps.length
    ? { kind: 'step', step: next }
    : { kind: 'finish' };
}

/** The first write of all. */
export function firstMove({ plan }: Pick<CanaryRecord, 'plan'>): Move {
  return plan.headerPhase
    ? { kind: 'header', asked: true }
    : { kind: 'step', step: 0, asked: true };
}

/** The weight that a move leads to, percent; undefined for a move that is not about one. */
export function weightOf(record: CanaryRecord, move: Move): number | undefined {
  return move.kind === 'step' ? record.progress.steps[move.step] : undefined;
}

/** The weight that a person still has to confirm before the move, if any. */
export function unconfirmed(
  record: CanaryRecord,
  move: Move,
): number | undefined {
  const weight = weightOf(record, move);
  const { plan, progress } = record;
  if (weight === undefined || progress.confirmed.includes(weight)) {
    return undefined;
  }
  // A route may end below the plan's target: its last step stands for all that follow.
  const last = weight === progress.steps.at(-1);
  return plan.confirmBefore.some(
    wanted => wanted === weight || (last && wanted > weight),
  )
    ? weight
    : undefined;
}
