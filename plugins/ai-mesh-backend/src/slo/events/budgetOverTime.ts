import {
  known,
  type Measured,
  type ObjectiveStatus,
} from '@ai-mesh/plugin-ai-mesh-common';
import { errorRatio, type EventCounts } from '../errorBudget';

/** What happened in one step of a chart, and in the same step a period before. */
export interface Step {
  /** The step's end. */
  at: Date;
  now: Measured<EventCounts>;
  /** What left the period in the step; absent for a calendar period, which nothing leaves. */
  before?: Measured<EventCounts>;
}

/**
 * Of the period's events, so few left that they are no more than the error of counting back: Prometheus extrapolates
 * every step to its bounds, and what the steps add up to is not quite what the period holds.
 */
const COUNTING_ERROR = 0.05;
/**
 * The same where the chart begins with steps in which nothing happened: of a young series every step loses what came
 * before its first sample, which is much of what there is.
 */
const COUNTING_ERROR_OF_THE_YOUNG = 0.25;

/**
 * Budget left at each step's end, backwards from what the period holds now: a step back, its own events are not in the
 * period yet, and those that left it still are. So a chart of hours costs hours of samples, not a month's at each point.
 * Before there was data worth counting the budget is a gap.
 *
 * @param period - events of the period that ends now
 * @param steps - oldest first
 * @param startsAt - of a calendar period: before it there is no budget of this period
 */
export function budgetOverTime(
  period: Measured<EventCounts>,
  steps: readonly Step[],
  target: number,
  startsAt?: Date,
): ObjectiveStatus['budgetOverTime'] {
  if (period.status === 'unknown') {
    return period;
  }
  for (const { now, before } of steps) {
    // No events in a step is an answer; a source that failed is none.
    for (const counts of [now, before]) {
      if (counts?.status === 'unknown' && counts.reason !== 'no-traffic') {
        return counts;
      }
    }
  }
  let { bad, total } = period.value;
  const firstBusy = steps.findIndex(
    ({ now, before }) => valueOf(now).total + valueOf(before).total > 0,
  );
  const least = (index: number) =>
    period.value.total *
    (index < firstBusy ? COUNTING_ERROR_OF_THE_YOUNG : COUNTING_ERROR);
  const points = steps.map(({ at, now, before }, index) => ({
    at,
    index,
    came: valueOf(now),
    went: valueOf(before),
  }));
  const backwards = points.reverse().map(({ at, index, came, went }) => {
    const isBefore = startsAt ? at < startsAt : total < least(index);
    const budgetLeft = isBefore ? null : budgetOf({ bad, total }, target);
    bad = Math.max(0, bad - came.bad + went.bad);
    total = Math.max(0, total - came.total + went.total);
    return { at: at.toISOString(), budgetLeft };
  });
  return known(backwards.reverse());
}

function valueOf(counts: Measured<EventCounts> | undefined): EventCounts {
  return counts?.status === 'known' ? counts.value : { bad: 0, total: 0 };
}

/** Budget left of some events, or null where there were none. */
export function budgetOf(counts: EventCounts, target: number): number | null {
  const ratio = errorRatio(known(counts));
  return ratio.status === 'known' ? 1 - ratio.value / (1 - target) : null;
}
