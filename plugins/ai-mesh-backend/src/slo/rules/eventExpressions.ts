import {
  add,
  and,
  clampMin,
  eq,
  histogramCount,
  histogramFraction,
  increase,
  le,
  maxBy,
  minus,
  multiply,
  or,
  presentOverTime,
  selector,
  sumBy,
  tag,
  times,
  type Expr,
} from '../../prometheus/promql';
import { istioLabels } from '../../telemetry';
import { thresholdBounds } from '../events/thresholdBounds';
import type { SloObjective } from '../objectives/SloObjective';
import type { EntitySignals } from '../signals/EntitySignals';
import { eachSeries, sumOf, type Series } from '../signals/Signal';
import {
  byModel,
  histogramsByModel,
  MODEL_LABEL,
  ofModels,
} from '../signals/byModel';

/** Bad and all events of an objective in a window, one series a model. */
export interface EventExpressions {
  bad: Expr;
  total: Expr;
}

/** What rules need beyond the series: which model a workload runs, for errors that name workloads. */
export interface RuleContext {
  signals?: EntitySignals;
  modelOfWorkload: ReadonlyMap<string, string>;
}

const PART = 'part';

/** The same arithmetic as the view's, in PromQL. Undefined where the series cannot tell. */
export function eventExpressions(
  objective: SloObjective,
  windowSeconds: number,
  context: RuleContext,
): EventExpressions | undefined {
  const { indicator } = objective;
  if (indicator.kind === 'custom') {
    const of = (series: (typeof indicator)['total']) =>
      sumOf({ series, by: [] }, increase, windowSeconds);
    const total = of(indicator.total);
    if (!indicator.good) {
      return { total, bad: of(indicator.bad!) };
    }
    const good = of(indicator.good);
    return allButGood(
      total,
      indicator.goodIsBucket
        ? good
        : or(good, multiply(seenLately(indicator.good, windowSeconds), 0)),
    );
  }
  const { signals } = context;
  if (!signals) {
    return undefined;
  }
  if (
    indicator.kind === 'availability' &&
    (signals.errorsUntold || signals.sharingModels.size > 0)
  ) {
    return undefined;
  }
  return indicator.kind === 'availability'
    ? availability(
        objective,
        indicator.fallbacksAreBad,
        windowSeconds,
        signals,
        context,
      )
    : latency(objective, indicator.thresholdMs, windowSeconds, signals);
}

function availability(
  { models }: SloObjective,
  fallbacksAreBad: boolean,
  windowSeconds: number,
  signals: EntitySignals,
  context: RuleContext,
): EventExpressions {
  const { dialect } = signals;
  const sum = (signal: NonNullable<EntitySignals['requests']>) =>
    byModel(
      dialect,
      sumOf(ofModels(signal, dialect, models), increase, windowSeconds),
    );
  const requests = sum(signals.requests);
  const errors = signals.errors && sum(signals.errors);
  const borrowed = borrowedErrors(signals, windowSeconds, context);
  const fallbacks =
    fallbacksAreBad && signals.fallbacks ? sum(signals.fallbacks) : undefined;
  const parts = (...all: [string, Expr | undefined][]) => {
    const [first, ...more] = all.flatMap(([name, expr]) =>
      expr ? [tag(expr, PART, name)] : [],
    );
    return or(first, ...more);
  };
  if (!fallbacks && !borrowed) {
    return { bad: errors ?? multiply(requests, 0), total: requests };
  }
  const bad = maxBy(
    [MODEL_LABEL],
    parts(['errors', errors], ['borrowed', borrowed], ['fallbacks', fallbacks]),
  );
  return {
    bad,
    total: sumBy(
      [MODEL_LABEL],
      parts(
        ['requests', requests],
        ['bad', bad],
        ['errors', errors && multiply(errors, -1)],
      ),
    ),
  };
}

/** Istio's errors name a workload: each is given its model. */
function borrowedErrors(
  { borrowedErrors: errors }: EntitySignals,
  windowSeconds: number,
  { modelOfWorkload }: RuleContext,
): Expr | undefined {
  const [first, ...more] = errors
    ? [...modelOfWorkload].map(([workload, model]) =>
        tag(
          sumOf(errors, increase, windowSeconds, {
            matchers: [eq(istioLabels.destinationWorkload, workload)],
          }),
          MODEL_LABEL,
          model,
        ),
      )
    : [];
  return first && sumBy([MODEL_LABEL], or(first, ...more));
}

function latency(
  { models }: SloObjective,
  thresholdMs: number,
  windowSeconds: number,
  { dialect, duration }: EntitySignals,
): EventExpressions | undefined {
  if (!duration || duration.form === 'quantiles') {
    return undefined;
  }
  const threshold = thresholdMs / duration.unitMs;
  if (duration.form === 'native') {
    const number = (of: (histograms: Expr) => Expr) =>
      histogramsByModel(
        dialect,
        duration.source,
        signal => of(sumOf(signal, increase, windowSeconds)),
        models,
      );
    const total = number(histogramCount);
    const good = number(all =>
      times(histogramFraction(threshold, all), histogramCount(all)),
    );
    return allButGood(total, good);
  }
  const source = ofModels(duration.source, dialect, models);
  const at = thresholdBounds(duration.bounds, threshold);
  if (!at) {
    return undefined;
  }
  const atOrBelow = (bound: number) =>
    byModel(
      dialect,
      sumOf(source, increase, windowSeconds, { matchers: [le(bound)] }),
    );
  const total = atOrBelow(Infinity);
  const { below, above, share } = at;
  const parts = [
    ...(below > 0 ? [multiply(atOrBelow(below), 1 - share)] : []),
    multiply(atOrBelow(above), share),
  ];
  const good = share === 0 ? atOrBelow(above) : parts.reduce(add);
  return allButGood(total, good);
}

/** Where no series says what was good, nothing is said at all: neither that all was bad, nor how much there was. */
function allButGood(total: Expr, good: Expr): EventExpressions {
  return { total: and(total, good), bad: clampMin(minus(total, good), 0) };
}

const DAY_SECONDS = 86_400;

/** Something where the series were there in the last day: then they counted nothing, else the selector is wrong. */
function seenLately(series: readonly Series[], windowSeconds: number): Expr {
  return sumBy(
    [],
    eachSeries({ series, by: [] }, ({ metric, matchers }) =>
      presentOverTime(
        selector(metric, ...matchers),
        Math.max(windowSeconds, DAY_SECONDS),
      ),
    ),
  );
}
