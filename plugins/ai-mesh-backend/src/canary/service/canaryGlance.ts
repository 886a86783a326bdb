import {
  ACTIVE_CANARY_STATES,
  canaryPercent,
  canaryPlanWeights,
  type CanaryGlance,
  type CanaryTransition,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { nextOf, type CanaryRecord } from '../machine';

/** As many are counted and looked through. */
export const MOST_AT_A_GLANCE = 200;

const WAITING = [
  'wait-for-approval',
  'wait-for-person',
  'wait-for-confirmation',
];

/** Of an entity's canaries, active and latest first, the one to look at first. */
export function firstToLookAt(
  records: readonly CanaryRecord[],
): CanaryRecord | undefined {
  return (
    records.find(
      record => isActive(record) && WAITING.includes(nextOf(record).action),
    ) ?? records.at(0)
  );
}

/**
 * @param records - active ones first, and one more than is counted where there are more
 * @param transitions - of the one to look at first, oldest first
 */
export function canaryGlance(
  records: readonly CanaryRecord[],
  transitions: readonly CanaryTransition[],
): CanaryGlance {
  const latest = firstToLookAt(records);
  const active = records.filter(isActive).length;
  return {
    active: Math.min(active, MOST_AT_A_GLANCE),
    ...(active > MOST_AT_A_GLANCE && { moreActive: true }),
    ...(latest && { latest: glanceAt(latest, transitions) }),
  };
}

function glanceAt(
  record: CanaryRecord,
  transitions: readonly CanaryTransition[],
): CanaryGlance['latest'] {
  const { progress, plan, versions, state } = record;
  const { steps, preflight, written, pause, hold } = progress;
  const planned = steps.length > 0 ? steps : preflight?.steps;
  return {
    id: record.id,
    state,
    service: record.service,
    stable: versions.stable,
    canary: versions.canary,
    ...(written && { percent: canaryPercent(written) }),
    targetPercent: (planned ?? canaryPlanWeights(plan)).at(-1) ?? 100,
    next: nextOf(record),
    ...whyOf(
      pause ?? hold ?? (isActive(record) ? undefined : end(transitions)),
    ),
    since:
      transitions.findLast(({ from, to }) => from !== to)?.at ??
      record.requestedAt,
    shares: transitions.flatMap(({ at, weightsAfter }) =>
      weightsAfter ? [{ at, percent: canaryPercent(weightsAfter) }] : [],
    ),
  };
}

function end(transitions: readonly CanaryTransition[]) {
  const last = transitions.at(-1);
  return last?.reason ? { message: last.reason, words: last.words } : undefined;
}

function whyOf(said: Sentences | undefined): Partial<Sentences> {
  return said
    ? { message: said.message, ...(said.words && { words: said.words }) }
    : {};
}

function isActive({ state }: CanaryRecord): boolean {
  return ACTIVE_CANARY_STATES.includes(state);
}
