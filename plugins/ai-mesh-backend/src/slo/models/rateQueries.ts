import type { MetricDialect } from '@ai-mesh/plugin-ai-mesh-node';
import {
  histogramQuantile,
  maxBy,
  multiply,
  numberSpellings,
  oneOf,
  rate,
  sumBy,
  type Expr,
} from '../../prometheus/promql';
import { istioLabels, WORKLOAD_LABEL, withWorkload } from '../../telemetry';
import { labelsOf } from '../dialects/inventoryQuery';
import { ISTIO } from '../dialects/istioDialect';
import { asDialect, byModel, histogramsByModel } from '../signals/byModel';
import type { DurationSignal, EntitySignals } from '../signals/EntitySignals';
import {
  eachSeries,
  named,
  present,
  sumOf,
  type Signal,
} from '../signals/Signal';

export const RATE_SIGNALS = [
  'requests',
  'errors',
  'borrowedErrors',
  'fallbacks',
  'inputTokens',
  'outputTokens',
  'totalTokens',
] as const;

/** The percentiles that screens show. */
const QUANTILES = [0.5, 0.95, 0.99];

/** Present rates of a signal, by model and workload: a version is a workload's. */
export function rateParts(
  signals: EntitySignals,
  windowSeconds: number,
): Expr[] {
  const { dialect, series } = signals;
  const isMesh = (signal: Signal) =>
    dialect.name === ISTIO ||
    signal.by.includes(istioLabels.destinationWorkload);
  const each = (number: Expr) =>
    withWorkload(number, series.workloads, series.podLabels);
  return RATE_SIGNALS.flatMap(name => {
    const signal = signals[name];
    if (!signal) {
      return [];
    }
    return isMesh(signal)
      ? [
          named(
            name,
            sumOf(signal, rate, windowSeconds, {
              by: [istioLabels.destinationWorkload],
            }),
          ),
        ]
      : [
          named(
            name,
            sumOf(signal, rate, windowSeconds, {
              by: [...labelsOf(dialect), WORKLOAD_LABEL],
              each,
            }),
          ),
        ];
  });
}

const ADDED_UP = {
  ofPods: sumBy,
  ofWorkloads: (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0),
};

const HIGHEST = {
  ofPods: maxBy,
  ofWorkloads: (values: readonly number[]) => Math.max(...values),
};

/**
 * How gauges of pods become one for a workload, in the question, and those of workloads one for a model, in its answer: a full
 * cache is no less full for another's that is empty.
 */
export const LOAD_SIGNALS = {
  running: ADDED_UP,
  waiting: ADDED_UP,
  cacheUse: HIGHEST,
} as const;

/** What model servers say of their load at this moment, by model and workload. */
export function loadParts(signals: EntitySignals): Expr[] {
  const { dialect, series } = signals;
  return Object.entries(LOAD_SIGNALS).flatMap(([name, { ofPods }]) => {
    const signal = signals[name as keyof typeof LOAD_SIGNALS];
    return signal
      ? [
          named(
            name,
            ofPods(
              [...labelsOf(dialect), WORKLOAD_LABEL],
              withWorkload(
                eachSeries(signal, present),
                series.workloads,
                series.podLabels,
              ),
            ),
          ),
        ]
      : [];
  });
}

/** Percentiles of the duration and of the first token, or what they are made of. */
export function latencyParts(
  { dialect, duration, timeToFirstToken }: EntitySignals,
  windowSeconds: number,
): Expr[] {
  return [
    ...durationParts('duration', dialect, duration, windowSeconds),
    ...durationParts('firstToken', dialect, timeToFirstToken, windowSeconds),
  ];
}

function durationParts(
  name: string,
  dialect: MetricDialect,
  duration: DurationSignal | undefined,
  windowSeconds: number,
): Expr[] {
  // Buckets come as they are: from them the view knows the bounds that a percentile lies between.
  return duration?.form === 'classic'
    ? [named(name, sumOf(duration.source, rate, windowSeconds, { by: ['le'] }))]
    : QUANTILES.flatMap(quantile => {
        const expr = percentileExpr(dialect, duration, quantile, windowSeconds);
        return expr
          ? [named(`${name} ${quantile}`, asDialect(dialect, expr))]
          : [];
      });
}

/** One percentile by model, in the metric's unit. Undefined where it is not exported. */
export function percentileExpr(
  dialect: MetricDialect,
  duration: DurationSignal | undefined,
  quantile: number,
  windowSeconds: number,
): Expr | undefined {
  switch (duration?.form) {
    case 'classic':
      return histogramQuantile(
        quantile,
        byModel(
          dialect,
          sumOf(duration.source, rate, windowSeconds, { by: ['le'] }),
          ['le'],
        ),
      );
    case 'native':
      return histogramsByModel(
        dialect,
        duration.source,
        histograms =>
          histogramQuantile(quantile, sumOf(histograms, rate, windowSeconds)),
        undefined,
        maxBy,
      );
    case 'quantiles':
      return duration.quantiles.includes(quantile)
        ? byModel(dialect, worstPod(duration, quantile), [], maxBy)
        : undefined;
    default:
      return undefined;
  }
}

/** A percentile that a process computed by itself cannot be added up: the highest of all pods. */
function worstPod({ source }: DurationSignal, quantile: number): Expr {
  return maxBy(
    source.by,
    eachSeries(source, one =>
      present({
        ...one,
        matchers: [
          ...one.matchers,
          oneOf('quantile', numberSpellings(quantile)),
        ],
      }),
    ),
  );
}

/** A percentile in milliseconds. */
export function inMilliseconds(expr: Expr, { unitMs }: DurationSignal): Expr {
  return unitMs === 1 ? expr : multiply(expr, unitMs);
}
