import type {
  CanaryCheck,
  CanaryCleanUp,
  CanaryDrift,
  CanaryGroup,
  CanaryHoldReason,
  CanaryPause,
  CanaryPlan,
  CanaryPreflight,
  CanaryRoute,
  CanaryState,
  CanaryTransition,
  CanaryVersion,
  CanaryWeights,
  ServiceRef,
  Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  Baseline,
  BreachCounts,
  CountedEvidence,
  QualityEvidence,
} from '../gates';
import type { OpenCall, WebhookEvent, WebhookMemory } from './webhooks';
import type {
  FullVersion,
  JsonRecord,
  SplitOriginal,
  WrittenAffinity,
} from '../split';

/**
 * A change of the route that has been decided on. `asked`: by a person, or by the order of things, so that the next look
 * at the evidence does not take it back. `overDrift`: a person chose it, whatever stands in the route meanwhile.
 *
 * - `header`: the header phase's rule
 * - `step`: the weights of a step
 * - `finish`: the marks of the canary go, its weights stay
 * - `restore`: the weights of before
 * - `rewrite`: once more what was written last, after somebody else had changed it
 */
export type Move = { asked?: true; overDrift?: true } & (
  | { kind: 'header' }
  | { kind: 'step'; step: number }
  | { kind: 'finish' }
  | { kind: 'restore' }
  | { kind: 'rewrite' }
);

/** A write that is about to be sent, so that it can be told after a crash whether it was. */
export interface Intent {
  id: string;
  move: Move;
  /** The weights that were read, and those that the write leads to. */
  before: CanaryWeights;
  after: CanaryWeights;
  /** The header phase's rule as it will stand, where it will. */
  headerRule?: JsonRecord;
  /** What will keep people with the canary, where something will. */
  affinity?: WrittenAffinity;
  /** ISO 8601 */
  at: string;
}

/** How far a canary has come. */
export interface CanaryProgress {
  /** The canary's weights on its route, percent, ascending; empty before the start. */
  steps: number[];
  /** Index of the step that holds now; -1 before the first. */
  step: number;
  phase: 'before' | 'header' | 'weights' | 'after';
  /** What a roll-back restores; absent before the start. */
  original?: SplitOriginal;
  /** The weights written last; absent before the start. */
  written?: CanaryWeights;
  headerRule?: JsonRecord;
  /** What keeps people with the canary now. */
  affinity?: WrittenAffinity;
  /** Decided on, and not yet written. */
  move?: Move;
  /**
   * How long the present weights have been looked at, milliseconds. Added up look by look, each for no longer than two
   * checks, so that neither a clock that jumps nor an outage passes for observation.
   */
  observedMs: number;
  /** ISO 8601 */
  lookedAt?: string;
  hold?: {
    reason: CanaryHoldReason;
    message: string;
    words?: Words[];
    since: string;
    heldMs: number;
  };
  breaches: BreachCounts;
  pause?: CanaryPause;
  /** Entities whose provable Service it was when it was approved, or resumed last; absent before the first look. */
  owners?: string[];
  drift?: CanaryDrift;
  /** Weights that a person has confirmed. */
  confirmed: number[];
  /** The weight that a confirmation has been asked for. */
  asking?: number;
  baseline?: Baseline;
  /** What the run has learnt from counted requests; absent before the start, and in records of older releases. */
  counted?: CountedEvidence;
  /** The same of the plan's further gates. */
  quality?: QualityEvidence;
  check?: CanaryCheck;
  preflight?: CanaryPreflight;
  /** Writes that failed one after another. */
  failedWrites?: { count: number; message: string; since: string };
  /** What became of the last call of each webhook, by webhook, event and place. */
  webhooks?: Record<string, WebhookMemory>;
  /** Calls that were begun and are not recorded yet, by the same. */
  openCalls?: Record<string, OpenCall>;
  /** It was decided to roll it back, whatever became of that: the others of its request follow. */
  turnedBack?: true;
  /** It was promoted, another of its request was rolled back, and it was left as it is for this reason. */
  leftAsItIs?: string;
  /** It has ended, and webhooks are still to be told; how often that has failed. */
  toTell?: {
    event: Extract<WebhookEvent, 'after-promotion' | 'on-roll-back'>;
    failures: number;
  };
  /** It has ended, and the route's fields are still the portal's own; how often giving them up has failed. */
  fieldsToGiveUp?: { failures: number };
  cleanUp?: CanaryCleanUp & { promotedAt: string; doneAt?: string };
}

/** All that is kept of one canary. */
export interface CanaryRecord {
  id: string;
  /** Counts transitions. */
  version: number;
  state: CanaryState;
  entityRef: string;
  service: ServiceRef;
  /** Absent: it was asked for by itself. */
  group?: CanaryGroup;
  route: CanaryRoute;
  /** As asked for. */
  versions: { stable: CanaryVersion; canary: CanaryVersion };
  /** With full host names. */
  stable: FullVersion;
  canary: FullVersion;
  plan: CanaryPlan;
  reason: string;
  requestedBy: string;
  /** ISO 8601 */
  requestedAt: string;
  decidedBy?: string;
  /** ISO 8601 */
  endedAt?: string;
  progress: CanaryProgress;
  intent?: Intent;
}

/** What an event makes of a canary. */
export interface Outcome {
  record: CanaryRecord;
  /** Rows to add to its history, oldest first. */
  transitions: CanaryTransition[];
}

/** `engine` in the history. */
export const ENGINE = 'engine';
