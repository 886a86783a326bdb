import {
  histogramCount,
  histogramSum,
  increase,
  or,
  orOn,
  rate,
  selector,
  sumBy,
  tag,
  type Expr,
  type Matcher,
  type Selector,
} from '../../prometheus/promql';
import { withPlainLabels } from '../dialects/attributeNames';
import { reportedOnce, type Reports } from '../../telemetry';
import {
  VERSION_LABELS,
  versionsWanted,
  withVersionNames,
  type VersionName,
} from '../dialects/versionNames';
import type { ModelFilter } from '../objectives/SloObjective';

/** Series of one metric. */
export interface Series {
  metric: string;
  /** Of native histograms: which number of theirs is meant. A classic one's have series of their own. */
  native?: 'count' | 'sum';
  matchers: readonly Matcher[];
  /** Of series that keep OpenTelemetry's names: labels that the others have, and that these are given. */
  plainLabels?: readonly string[];
  /** Of Istio's series: by whom each is reported, of whose reports one counts. */
  reports?: Omit<Reports, 'metric' | 'matchers' | 'read'>;
}

/** A counter of something, over several metrics; labels that are kept when it is summed up. */
export interface Signal {
  series: readonly Series[];
  by: readonly string[];
  /**
   * The labels of who exports the series: one that has several of them, by several names, counts by the first. Without,
   * series of equal labels do.
   */
  exporter?: readonly string[];
  /** Of Istio's series: what versions are called that these name otherwise. */
  versionNames?: readonly VersionName[];
  /** Of those, once they have their names, the versions that are meant; all unless given. */
  versions?: ModelFilter;
  /** Native histograms, which are told from each other until a number is made of them: see {@link namedVersions}. */
  histograms?: true;
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
  signal: Signal,
  read: Reading,
  windowSeconds: number,
  more: {
    by?: readonly string[];
    matchers?: readonly Matcher[];
    each?: (number: Expr) => Expr;
  } = {},
): Expr {
  const { matchers = [], each = number => number } = more;
  const untold = signal.histograms && signal.versionNames ? VERSION_LABELS : [];
  const all = eachSeries(signal, one =>
    each(
      numberOf(
        one,
        valuesOf({ ...one, matchers: [...one.matchers, ...matchers] }, values =>
          read(values, windowSeconds),
        ),
      ),
    ),
  );
  return sumBy(
    [...new Set([...signal.by, ...(more.by ?? []), ...untold])],
    signal.histograms ? all : namedVersions(signal, all),
  );
}

/** Numbers of a signal's series, of the versions that are meant, under the names that everybody calls them by. */
export function namedVersions(
  { versionNames, versions }: Pick<Signal, 'versionNames' | 'versions'>,
  numbers: Expr,
): Expr {
  const all = withVersionNames(versionNames, numbers);
  return versions ? versionsWanted(versions, all) : all;
}

function valuesOf(
  { metric, matchers, reports }: Series,
  read: (series: Selector) => Expr,
): Expr {
  return reports
    ? reportedOnce({ ...reports, metric, matchers, read })
    : read(selector(metric, ...matchers));
}

function numberOf({ native, plainLabels = [] }: Series, expr: Expr): Expr {
  return withPlainLabels(numberOfHistogram(native, expr), plainLabels);
}

function numberOfHistogram(native: Series['native'], expr: Expr): Expr {
  switch (native) {
    case 'count':
      return histogramCount(expr);
    case 'sum':
      return histogramSum(expr);
    default:
      return expr;
  }
}

/** What the series are now: gauges. */
export function present({ metric, matchers, plainLabels = [] }: Series): Expr {
  return withPlainLabels(selector(metric, ...matchers), plainLabels);
}

/** One expression over all series, each event counted once: see {@link Signal.exporter}. */
export function eachSeries(
  { series, exporter }: Signal,
  expression: (one: Series) => Expr,
): Expr {
  // Names of one thing have the same conditions; what has others is another part.
  const parts = new Map<string, Expr[]>();
  for (const one of series) {
    const part = exporter ? one.matchers.join() : one.metric;
    parts.set(part, [...(parts.get(part) ?? []), expression(one)]);
  }
  const [first, ...more] = [...parts.values()].flatMap(([name, ...names]) =>
    exporter ? orOn(exporter, name, ...names) : [name, ...names],
  );
  return or(first, ...more);
}

/** Marks a part of an answer. */
export function named(signal: string, expr: Expr): Expr {
  return tag(expr, SIGNAL_LABEL, signal);
}
