import {
  canaryPlanSchema,
  type CanaryPlan,
  type CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CountedEvidence } from '../gates';
import type { CanaryProgress, CanaryRecord, Intent } from '../machine';
import type { StoredCanary } from './CanaryStore';
import { heldRoute, serviceKey } from './routeKey';

export interface CanaryRow {
  id: string;
  revision: number;
  version: number;
  state: string;
  entity_ref: string;
  /** Null where a release before wrote the row. */
  service_key: string | null;
  active_route: string | null;
  group_id?: string | null;
  requested_by: string;
  requested_at: string;
  ended_at: string | null;
  record: string;
  request_hash?: string | null;
  /** SQLite has no booleans of its own. */
  needs_engine: boolean | number;
  notified_version: number;
  /** From canary_intents. */
  intent?: string | null;
}

export interface TransitionRow {
  canary_id: string;
  seq: number;
  at: string;
  by: string;
  from_state: string | null;
  to_state: string;
  what: string;
  reason: string;
  /** Absent where a release before wrote the row. */
  words?: string | null;
  evidence: string | null;
  weights_before: string | null;
  weights_after: string | null;
}

/** The columns that follow from a record. */
export function rowOf(record: CanaryRecord, notifiedVersion: number) {
  const { intent, ...kept } = record;
  return {
    version: record.version,
    state: record.state,
    entity_ref: record.entityRef,
    service_key: serviceKey(record.service),
    active_route: heldRoute(record),
    group_id: record.group?.id ?? null,
    requested_by: record.requestedBy,
    requested_at: record.requestedAt,
    ended_at: record.endedAt ?? null,
    record: JSON.stringify(kept),
    needs_engine: needsEngine(record, notifiedVersion),
    notified_version: notifiedVersion,
  };
}

/** Whether there is something left to do, or to tell. */
function needsEngine(record: CanaryRecord, notifiedVersion: number): boolean {
  const { cleanUp, fieldsToGiveUp, toTell } = record.progress;
  return (
    fieldsToGiveUp !== undefined ||
    toTell !== undefined ||
    heldRoute(record) !== null ||
    record.intent !== undefined ||
    notifiedVersion < record.version ||
    (cleanUp !== undefined &&
      ['soaking', 'asked', 'undoing'].includes(cleanUp.status))
  );
}

const unstarted: CanaryProgress = {
  steps: [],
  step: -1,
  phase: 'before',
  observedMs: 0,
  breaches: {},
  confirmed: [],
};

/**
 * A row that an older release wrote lacks what has been added since: defaults stand in for it, so that a canary that
 * runs while the portal is upgraded goes on.
 */
export function readRow(row: CanaryRow): StoredCanary {
  const kept = JSON.parse(row.record) as CanaryRecord;
  return {
    revision: row.revision,
    notifiedVersion: row.notified_version,
    record: {
      ...kept,
      plan: withDefaults(kept.plan),
      progress: {
        ...unstarted,
        ...kept.progress,
        counted: kept.progress.counted && readCounted(kept.progress.counted),
      },
      intent: row.intent ? (JSON.parse(row.intent) as Intent) : undefined,
    },
  };
}

/** Evidence as any release has kept it. */
type KeptEvidence = Omit<CountedEvidence, 'lostOfStep' | 'crossing'> & {
  lostOfStep?: CountedEvidence['lostOfStep'];
  crossing?: CountedEvidence['crossing'] | boolean;
};

/** What was lost in the course of a step was not told from what was lost in the run: all of it may have been the step's. */
function readCounted(kept: KeptEvidence): CountedEvidence {
  const { lost, lostOfStep = lost, crossing } = kept;
  return {
    ...kept,
    lostOfStep,
    crossing: crossing === true ? {} : crossing || undefined,
  };
}

/** Not validated again: a plan that was allowed once is carried out. */
function withDefaults(plan: Partial<CanaryPlan>): CanaryPlan {
  const defaults = canaryPlanSchema.parse({});
  const gates = Object.fromEntries(
    Object.entries(defaults.gates).map(([name, gate]) => [
      name,
      { ...gate, ...plan.gates?.[name as keyof CanaryPlan['gates']] },
    ]),
  ) as CanaryPlan['gates'];
  return { ...defaults, ...plan, gates };
}

export function transitionRow(
  canaryId: string,
  transition: CanaryTransition,
): TransitionRow {
  const json = (value: unknown) =>
    value === undefined ? null : JSON.stringify(value);
  return {
    canary_id: canaryId,
    seq: transition.seq,
    at: transition.at,
    by: transition.by,
    from_state: transition.from,
    to_state: transition.to,
    what: transition.what,
    reason: transition.reason,
    words: json(transition.words),
    evidence: json(transition.evidence),
    weights_before: json(transition.weightsBefore),
    weights_after: json(transition.weightsAfter),
  };
}

export function readTransition(row: TransitionRow): CanaryTransition {
  const json = (text: string | null) =>
    text === null ? undefined : JSON.parse(text);
  return {
    seq: row.seq,
    at: row.at,
    by: row.by,
    from: row.from_state as CanaryTransition['from'],
    to: row.to_state as CanaryTransition['to'],
    what: row.what,
    reason: row.reason,
    words: json(row.words ?? null),
    evidence: json(row.evidence),
    weightsBefore: json(row.weights_before),
    weightsAfter: json(row.weights_after),
  };
}
