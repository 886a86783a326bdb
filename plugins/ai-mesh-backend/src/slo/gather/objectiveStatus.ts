import {
  unknown,
  type Measured,
  type Objective,
  type ObjectiveStatus,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import { alertState, judgePair } from '../alertState';
import { burnRatePairs } from '../burnRatePairs';
import {
  burnRate,
  errorBudget,
  secondsToExhaustion,
  youngWithin,
  type EventCounts,
} from '../errorBudget';
import { thresholdBounds } from '../events/thresholdBounds';
import type { EntitySignals } from '../signals/EntitySignals';
import type { ObjectiveEvents, PlannedObjective } from './ObjectiveEvents';

const HOUR = 3600;

/** How an objective stands, without where it was read. */
export type Standing = Omit<
  ObjectiveStatus,
  'cluster' | 'objective' | 'budgetOverTime' | 'readFrom'
>;

/**
 * How an objective stands.
 *
 * @param model - undefined: the service as a whole
 * @param chart - its `number` among all of the answer, from 0, of which the first `mostCharts` have a budget over time
 */
export function objectiveStatus(
  cluster: string,
  planned: PlannedObjective,
  model: string | undefined,
  events: ObjectiveEvents,
  signals: EntitySignals | undefined,
  chart: { number: number; mostCharts: number },
): ObjectiveStatus {
  return {
    cluster,
    objective: described(planned, signals),
    ...standing(planned, window => events.counts(planned, model, window)),
    budgetOverTime:
      chart.number < chart.mostCharts
        ? events.budgetOverTime(planned, model)
        : unknown('not-configured', [
            wording('slo.fewCharts', { most: chart.mostCharts }),
          ]),
    readFrom: planned.windows.every(window => planned.isRecorded(window))
      ? 'recording-rules'
      : 'raw-series',
  };
}

/**
 * What an objective's events come to.
 *
 * @param counts - the events of a window, in seconds
 */
export function standing(
  { objective, periodWindow, windows }: PlannedObjective,
  counts: (windowSeconds: number) => Measured<EventCounts>,
): Standing {
  const { target, periodSeconds } = objective;
  const rate = (window: number) => burnRate(counts(window), target);
  const period = counts(periodWindow);
  const budget = errorBudget(period, target);
  const young = youngWithin(period, periodSeconds, windows, counts);
  const burnRates = burnRatePairs(periodSeconds).map(pair =>
    judgePair(
      pair,
      rate(pair.longWindowSeconds),
      rate(pair.shortWindowSeconds),
    ),
  );
  return {
    ...budget,
    ...(young && { youngWithinSeconds: young }),
    burnRates,
    alert: alertState(burnRates),
    secondsToExhaustion: secondsToExhaustion(
      budget.budgetLeft,
      windows.includes(HOUR)
        ? rate(HOUR)
        : unknown('not-configured', [wording('slo.shortPeriod')]),
      periodSeconds,
    ),
  };
}

function described(
  { objective, calendar }: PlannedObjective,
  signals: EntitySignals | undefined,
): Objective {
  const { id, name, nameWords, indicator, target, periodSeconds } = objective;
  const { source, sourceUrl } = objective;
  return {
    id,
    name,
    ...(nameWords && { nameWords }),
    indicator: describedIndicator(indicator, signals),
    target,
    periodSeconds,
    period: calendar ? 'calendar' : 'rolling',
    ...(calendar && {
      calendar: {
        startsAt: calendar.startsAt.toISOString(),
        endsAt: calendar.endsAt.toISOString(),
      },
    }),
    source,
    ...(sourceUrl && { sourceUrl }),
  };
}

function describedIndicator(
  indicator: PlannedObjective['objective']['indicator'],
  signals: EntitySignals | undefined,
): Objective['indicator'] {
  switch (indicator.kind) {
    case 'latency':
      return {
        kind: 'latency',
        thresholdMs: indicator.thresholdMs,
        exact: isExact(indicator.thresholdMs, signals),
      };
    case 'custom':
      return { kind: 'custom', description: indicator.description };
    default:
      return indicator;
  }
}

/** Whether the threshold is a bucket's bound; a native histogram interpolates within buckets of its own. */
function isExact(
  thresholdMs: number,
  signals: EntitySignals | undefined,
): boolean {
  const duration = signals?.duration;
  return (
    duration?.form === 'classic' &&
    thresholdBounds(duration.bounds, thresholdMs / duration.unitMs)?.share === 0
  );
}
