import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { FoundRule } from './findRule';
import { SplitRefusal } from './SplitRefusal';

/** Weights of the two versions, as they are to be written. */
export interface Shares {
  stable: number;
  canary: number;
}

/** A weight that is this close to the plan's, in percent of the route, counts as the plan's. */
const CLOSE_ENOUGH_PERCENT = 1;

/** What a share that is a whole number may be off by, as the fraction that it was computed as. */
const ROUNDING = 1e-6;

/**
 * The weights that give the canary a share of all that the rule carries.
 *
 * The share is taken from the stable version alone. Where nobody else takes part, the two are written as percent; else
 * they keep their sum, so that the others keep theirs.
 *
 * @param percent - of the rule's total, 0..100; more than the two versions hold together gives all that they hold
 * @throws SplitRefusal `too-coarse` where no whole number comes close
 */
export function sharesOf(found: FoundRule, percent: number): Shares {
  const { total, others, pool } = sums(found);
  if (others === 0) {
    // What is above nothing, and below everything, stays so.
    const canary =
      percent > 0 && percent < 100
        ? Math.min(Math.max(Math.round(percent), 1), 99)
        : percent;
    return { stable: 100 - canary, canary };
  }
  const wanted = Math.min(pool, (percent * total) / 100);
  // A version that is to have some traffic must not be rounded down to none.
  const least = wanted > ROUNDING ? 1 : 0;
  const most = wanted < pool - ROUNDING ? pool - 1 : pool;
  const canary = Math.min(Math.max(Math.round(wanted), least), most);
  if (
    canary < least ||
    (Math.abs(canary - wanted) / total) * 100 > CLOSE_ENOUGH_PERCENT
  ) {
    throw new SplitRefusal(
      'too-coarse',
      wording('split.tooCoarse', {
        rule: found.rule.label,
        total,
        others,
        percent,
        times: Math.max(2, Math.ceil(100 / total)),
      }),
    );
  }
  return { stable: pool - canary, canary };
}

/**
 * The steps of a plan as they fall on a rule: those that the canary has already reached are left out, and the last is
 * at most what the two versions hold together.
 *
 * @param planned - percent, ascending
 * @throws SplitRefusal where the weights are too coarse
 */
export function stepsOf(
  found: FoundRule,
  planned: readonly number[],
): number[] {
  const highest = highestPercent(found);
  const steps = [
    ...new Set(planned.map(percent => Math.min(percent, highest))),
  ].filter(percent => percent > presentPercent(found));
  steps.forEach(percent => sharesOf(found, percent));
  return steps;
}

/** The canary's share now, percent of the rule's total. */
export function presentPercent(found: FoundRule): number {
  return ((found.canary?.weight ?? 0) * 100) / sums(found).total;
}

/** What the canary can have at most, percent of the rule's total. */
export function highestPercent(found: FoundRule): number {
  const { total, others, pool } = sums(found);
  return others === 0 ? 100 : (pool * 100) / total;
}

function sums({ rule, stable, canary }: FoundRule) {
  const total = rule.destinations.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) {
    throw new SplitRefusal(
      'unreadable',
      wording('split.sumZero', { rule: rule.label }),
    );
  }
  const pool = stable.weight + (canary?.weight ?? 0);
  return { total, pool, others: total - pool };
}
