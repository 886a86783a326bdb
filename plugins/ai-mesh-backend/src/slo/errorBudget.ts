import {
  known,
  unknown,
  type Measured,
  type ObjectiveStatus,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';

/** Bad and all events of one window. Counts may be fractions: `increase()` extrapolates. */
export interface EventCounts {
  bad: number;
  total: number;
}

/** Below this many events in the period, the figures stand on too little to act on. */
export const LOW_TRAFFIC_EVENTS = 100;

/**
 * The share of bad events, 0..1.
 *
 * Bad events without a total are all there is: everything failed. A total of nothing is no data, not perfection.
 */
export function errorRatio(counts: Measured<EventCounts>): Measured<number> {
  if (counts.status === 'unknown') {
    return counts;
  }
  const { bad, total } = counts.value;
  if (bad > 0 && total <= 0) {
    return known(1);
  }
  if (!(total > 0)) {
    return unknown('no-traffic', [wording('slo.noEvents')]);
  }
  return known(Math.min(1, Math.max(0, bad / total)));
}

/**
 * How many times faster than sustainable the budget is being spent: error ratio / (1 - target).
 * 1 spends exactly the budget over the period.
 */
export function burnRate(
  counts: Measured<EventCounts>,
  target: number,
): Measured<number> {
  return map(errorRatio(counts), ratio => ratio / (1 - target));
}

type Budget = Pick<
  ObjectiveStatus,
  | 'sli'
  | 'events'
  | 'badEvents'
  | 'budgetLeft'
  | 'budgetLeftEvents'
  | 'lowTraffic'
>;

/**
 * Where an error budget stands, from the events of the objective's whole period: event-weighted, so an hour with
 * ten requests weighs as much as ten requests.
 */
export function errorBudget(
  counts: Measured<EventCounts>,
  target: number,
): Budget {
  const ratio = errorRatio(counts);
  const events = map(counts, ({ bad, total }) => Math.max(bad, total));
  return {
    sli: map(ratio, value => 1 - value),
    events,
    badEvents: map(counts, ({ bad }) => bad),
    budgetLeft: map(ratio, value => 1 - value / (1 - target)),
    budgetLeftEvents: map(
      counts,
      ({ bad, total }) => Math.max(bad, total) * (1 - target) - bad,
    ),
    lowTraffic: events.status === 'known' && events.value < LOW_TRAFFIC_EVENTS,
  };
}

/**
 * Seconds until the budget is spent, if events keep failing as they do now; null when they do not eat it up.
 * 0 when it is spent already.
 *
 * @param budgetLeft - share of the period's budget, 1 is all
 * @param rate - present burn rate, usually over an hour
 */
export function secondsToExhaustion(
  budgetLeft: Measured<number>,
  rate: Measured<number>,
  periodSeconds: number,
): Measured<number | null> {
  if (budgetLeft.status === 'unknown') {
    return budgetLeft;
  }
  if (budgetLeft.value <= 0) {
    return known(0);
  }
  return map(rate, value =>
    value > 0 ? (budgetLeft.value * periodSeconds) / value : null,
  );
}

/** Of an objective's period: whose events are all from less of it is young. */
const YOUNG_SHARE = 0.1;
/** Of the period's events; the rest is what extrapolation makes of a window's edges. */
const ALL_EVENTS = 0.99;

/**
 * The shortest of some windows that holds all events of a period, where that is no more than a tenth of the period: it has
 * only just begun to be measured, or to have traffic.
 *
 * @param counts - the events of a window, in seconds
 */
export function youngWithin(
  period: Measured<EventCounts>,
  periodSeconds: number,
  windows: readonly number[],
  counts: (windowSeconds: number) => Measured<EventCounts>,
): number | undefined {
  const all = eventsOf(period);
  return all > 0
    ? [...windows]
        .sort((a, b) => a - b)
        .filter(window => window <= periodSeconds * YOUNG_SHARE)
        .find(window => eventsOf(counts(window)) >= all * ALL_EVENTS)
    : undefined;
}

function eventsOf(counts: Measured<EventCounts>): number {
  return counts.status === 'known'
    ? Math.max(counts.value.bad, counts.value.total)
    : 0;
}

function map<T, U>(measured: Measured<T>, f: (value: T) => U): Measured<U> {
  return measured.status === 'known' ? known(f(measured.value)) : measured;
}
