import {
  histogramCount,
  histogramSum,
  increase,
  or,
  rate,
  selector,
  sumBy,
  tag,
  type Expr,
  type Matcher,
  type Selector,
} from '../../prometheus/promql';
import { reportedOnce, type Reports } from '../../telemetry';

/** Series of one metric. */
export interface Series {
  metric: string;
  /** Of native histograms: which number of theirs is meant. A classic one's have series of their own. */
  native?: 'count' | 'sum';
  matchers: readonly Matcher[];
  /** Of Istio's series: by whom each is reported, of whose reports one counts. */
  reports?: Pick<Reports, 'to' | 'home' | 'reporters'>;
}

/** A counter of something, over several metrics; labels that are kept when it is summed up. */
export interface Signal {
  series: readonly Series[];
  by: readonly string[];
}

/** The label that tells the parts of one answer apart. */
export const SIGNAL_LABEL = 'ai_mesh_signal';

/** How a counter is read over a window: what it grew by, or how fast. */
export type Reading = typeof increase | typeof rate;

/**
 * The sum of a signal over a window, by the labels that it keeps and more.
 *
 * @param more - `each` changes every number before they are summed up, such as its labels
 */
export function sumOf(
  { series, by }: Signal,
  read: Reading,
  windowSeconds: number,
  more: {
    by?: readonly string[];
    matchers?: readonly Matcher[];
    each?: (number: Expr) => Expr;
  } = {},
): Expr {
  const { matchers = [], each = number => number } = more;
  return sumBy(
    [...new Set([...by, ...(more.by ?? [])])],
    eachSeries(series, one =>
      each(
        numberOf(
          one,
          valuesOf(
            { ...one, matchers: [...one.matchers, ...matchers] },
            values => read(values, windowSeconds),
          ),
        ),
      ),
    ),
  );
}

function valuesOf(
  { metric, matchers, reports }: Series,
  read: (series: Selector) => Expr,
): Expr {
  return reports
    ? reportedOnce({ ...reports, metric, matchers, read })
    : read(selector(metric, ...matchers));
}

function numberOf({ native }: Series, expr: Expr): Expr {
  switch (native) {
    case 'count':
      return histogramCount(expr);
    case 'sum':
      return histogramSum(expr);
    default:
      return expr;
  }
}

/** One expression over all series: of those with equal labels, the first metric's count. */
export function eachSeries(
  series: readonly Series[],
  expression: (one: Series) => Expr,
): Expr {
  const [first, ...more] = series.map(expression);
  return or(first, ...more);
}

/** Marks a part of an answer. */
export function named(signal: string, expr: Expr): Expr {
  return tag(expr, SIGNAL_LABEL, signal);
}
