import type {
  CanaryCheck,
  CanaryState,
  CanaryTransition,
  CanaryWeights,
  Sentences,
  Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CanaryProgress, CanaryRecord, Outcome } from './CanaryRecord';

interface Row {
  to: CanaryState;
  by: string;
  at: Date;
  /** What happened: an action's name, or what the engine did. */
  what: string;
  reason: string;
  words?: Words[];
  evidence?: CanaryCheck;
  weightsBefore?: CanaryWeights;
  weightsAfter?: CanaryWeights;
}

const ENDED: ReadonlySet<CanaryState> = new Set([
  'promoted',
  'rejected',
  'cancelled',
  'expired',
  'failed',
  'rolledBack',
]);

/** Why, of a row. */
export function because({
  message,
  words,
}: Sentences): Pick<Row, 'reason' | 'words'> {
  return { reason: message, ...(words && { words }) };
}

/** Adds a row to the canary's history, and makes it what the row says. */
export function transition(
  record: CanaryRecord,
  row: Row,
  progress: Partial<CanaryProgress> = {},
): Outcome {
  const { at, to, ...rest } = row;
  const entry: CanaryTransition = {
    ...rest,
    seq: record.version + 1,
    at: at.toISOString(),
    from: record.state,
    to,
  };
  return {
    record: {
      ...record,
      version: entry.seq,
      state: to,
      ...(ENDED.has(to) !== ENDED.has(record.state) && {
        endedAt: ENDED.has(to) ? at.toISOString() : undefined,
      }),
      progress: {
        ...record.progress,
        ...progress,
        ...(to === 'rollingBack' && { turnedBack: true }),
      },
    },
    transitions: [entry],
  };
}

/** The same canary, a little further; nothing that belongs into its history. */
export function unrecorded(
  record: CanaryRecord,
  progress: Partial<CanaryProgress>,
): Outcome {
  return {
    record: { ...record, progress: { ...record.progress, ...progress } },
    transitions: [],
  };
}

/** One outcome after another. */
export function then(
  first: Outcome,
  next: (record: CanaryRecord) => Outcome,
): Outcome {
  const { record, transitions } = next(first.record);
  return { record, transitions: [...first.transitions, ...transitions] };
}
