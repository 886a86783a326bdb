import type { CanaryPreflight } from '@ai-mesh/plugin-ai-mesh-common';
import type { Baseline, CountedEvidence } from '../gates';
import type { SplitOriginal } from '../split';
import { ENGINE, type CanaryRecord, type Outcome } from './CanaryRecord';
import { firstMove } from './steps';
import { transition } from './transition';

/** Nobody decided in time. */
export function expire(record: CanaryRecord, at: Date): Outcome {
  return transition(record, {
    to: 'expired',
    by: ENGINE,
    at,
    what: 'expired',
    reason: 'Nobody approved or rejected it in time.',
  });
}

/** An approved canary cannot start. */
export function failStart(
  record: CanaryRecord,
  reason: string,
  at: Date,
  preflight?: CanaryPreflight,
): Outcome {
  return transition(
    record,
    { to: 'failed', by: ENGINE, at, what: 'failed', reason },
    preflight && { preflight },
  );
}

/** An approved canary starts: from here on a roll-back knows what to restore. */
export function start(
  record: CanaryRecord,
  found: {
    original: SplitOriginal;
    steps: number[];
    baseline: Baseline | undefined;
    counted?: CountedEvidence;
    preflight: CanaryPreflight;
  },
  at: Date,
): Outcome {
  return transition(
    record,
    {
      to: 'progressing',
      by: ENGINE,
      at,
      what: 'started',
      reason: 'The preflight found nothing that blocks.',
      weightsBefore: found.original.weights,
      weightsAfter: found.original.weights,
    },
    {
      ...found,
      written: found.original.weights,
      hold: undefined,
      move: firstMove(record),
      lookedAt: at.toISOString(),
    },
  );
}
