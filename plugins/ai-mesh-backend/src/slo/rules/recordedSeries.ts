import { createHash } from 'crypto';
import { burnRatePairs } from '../burnRatePairs';
import type { SloObjective } from '../objectives/SloObjective';
import { duration } from '../../prometheus/promql';
import { eventExpressions, type RuleContext } from './eventExpressions';

export const RECORDED_PREFIX = 'ai_mesh:slo_events:increase';

/** The name of every alert on an error budget. */
export const BUDGET_ALERT = 'AiMeshErrorBudgetBurn';

/** The labels of recorded series, beside the model's. */
export const recordedLabels = {
  entity: 'ai_mesh_entity',
  objective: 'objective',
  /** `bad` or `total` */
  events: 'events',
  /** What was counted, in short: it changes when the objective does. */
  definition: 'definition',
} as const;

/** `ai_mesh:slo_events:increase1h` */
export function recordedName(windowSeconds: number): string {
  return `${RECORDED_PREFIX}${duration(windowSeconds)}`;
}

/**
 * The windows that an objective needs, in seconds, ascending; the last is its period. A calendar period has no fixed
 * length, so it is left out.
 */
export function objectiveWindows({
  periodSeconds,
  calendar,
}: Pick<SloObjective, 'periodSeconds' | 'calendar'>): number[] {
  const windows = burnRatePairs(periodSeconds).flatMap(pair => [
    pair.longWindowSeconds,
    pair.shortWindowSeconds,
  ]);
  return [...new Set([...windows, ...(calendar ? [] : [periodSeconds])])].sort(
    (a, b) => a - b,
  );
}

/**
 * Tells one way of counting an objective's events from another: rules that were installed before the objective, its
 * threshold or the entity's workloads changed count something else. Undefined where they cannot be counted.
 */
export function definitionOf(
  objective: SloObjective,
  context: RuleContext,
): string | undefined {
  const expressions = eventExpressions(objective, 300, context);
  return (
    expressions &&
    createHash('sha256')
      .update(JSON.stringify(expressions))
      .digest('hex')
      .slice(0, 12)
  );
}
