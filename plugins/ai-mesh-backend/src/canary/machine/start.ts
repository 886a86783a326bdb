import {
  said,
  wording,
  type CanaryPreflight,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Baseline, CountedEvidence } from '../gates';
import type { SplitOriginal } from '../split';
import { ENGINE, type CanaryRecord, type Outcome } from './CanaryRecord';
import { firstMove } from './steps';
import { because, transition } from './transition';

/** Nobody decided in time. */
export function expire(record: CanaryRecord, at: Date): Outcome {
  return transition(record, {
    to: 'expired',
    by: ENGINE,
    at,
    what: 'expired',
    ...because(said(wording('run.expired'))),
  });
}

/** An approved canary cannot start. */
export function failStart(
  record: CanaryRecord,
  why: Sentences,
  at: Date,
  preflight?: CanaryPreflight,
): Outcome {
  return transition(
    record,
    { to: 'failed', by: ENGINE, at, what: 'failed', ...because(why) },
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
      ...because(said(wording('run.started'))),
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
