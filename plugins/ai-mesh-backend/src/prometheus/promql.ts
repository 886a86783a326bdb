/**
 * Builds PromQL, so that no value from outside is ever pasted into a query.
 *
 * The results are branded strings: a plain string is not accepted where an expression is expected.
 * A cluster's extra labels need no care here: the client adds them to every selector of the text that it sends.
 */
declare const promql: unique symbol;

/** An instant vector's expression. */
export type Expr = string & { readonly [promql]: 'expr' | 'selector' };
/** Series by metric name and labels; only of a selector can a rate be taken. */
export type Selector = string & { readonly [promql]: 'selector' };
/** One condition on a label. */
export type Matcher = string & { readonly [promql]: 'matcher' };

/** `label="value"`; an empty value also matches series without the label. */
export function eq(label: string, value: string): Matcher {
  return `${labelName(label)}=${quote(value)}` as Matcher;
}

/** `label!="value"` */
export function neq(label: string, value: string): Matcher {
  return `${labelName(label)}!=${quote(value)}` as Matcher;
}

/** The label has one of the values. Asking for none of them is a mistake of the caller: it would match series without the label. */
export function oneOf(label: string, values: Iterable<string>): Matcher {
  const unique = [...new Set(values)];
  if (unique.length === 0) {
    throw new Error(`A query asks for no value of the label '${label}'`);
  }
  return unique.length === 1
    ? eq(label, unique[0])
    : (`${labelName(label)}=~${quote(alternation(unique))}` as Matcher);
}

/** The label has none of the values; no values: any. */
export function noneOf(label: string, values: Iterable<string>): Matcher {
  return `${labelName(label)}!~${quote(alternation(new Set(values)))}` as Matcher;
}

/** The label matches a regular expression (RE2, anchored) that is part of our own code. */
export function matches(label: string, regex: string): Matcher {
  return `${labelName(label)}=~${quote(regex)}` as Matcher;
}

/**
 * The histogram bucket with this upper bound, however it is written: exporters write `1000`, Prometheus 3 normalises
 * to `1000.0`, and Go writes `3.6e+06` for what Envoy writes as `3600000`.
 */
export function le(upperBound: number): Matcher {
  if (upperBound === Infinity) {
    return eq('le', '+Inf');
  }
  const plain = String(upperBound);
  const spellings = [plain, plain.includes('.') ? plain : `${plain}.0`];
  if (upperBound >= 1e6) {
    spellings.push(
      upperBound
        .toExponential()
        .replace(/e\+(\d)$/, (_, digit) => `e+0${digit}`),
    );
  }
  return oneOf('le', spellings);
}

/** All series of a metric that meet every condition. */
export function selector(metric: string, ...matchers: Matcher[]): Selector {
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(metric)) {
    throw new Error(`'${metric}' is not a metric's name`);
  }
  return `${metric}{${matchers.join(',')}}` as Selector;
}

/** As {@link selector}, for series of several metrics at once. */
export function seriesOf(
  metrics: Iterable<string>,
  ...matchers: Matcher[]
): Selector {
  return `{${[oneOf('__name__', metrics), ...matchers].join(',')}}` as Selector;
}

/** The label does not match a regular expression (RE2, anchored). */
export function doesNotMatch(label: string, regex: string): Matcher {
  return `${labelName(label)}!~${quote(regex)}` as Matcher;
}

/** Per second, over a window in seconds. */
export function rate(series: Selector, windowSeconds: number): Expr {
  return `rate(${series}[${duration(windowSeconds)}])` as Expr;
}

/** In the window (seconds) as a whole. */
export function increase(series: Selector, windowSeconds: number): Expr {
  return `increase(${series}[${duration(windowSeconds)}])` as Expr;
}

/**
 * In the window (seconds) as a whole, for counters of events that happen once a night: `increase` needs two samples, and
 * so misses what a series counted before its first one. A series that was not there at the window's start counts whole;
 * so does one after a gap in scraping, and all of them at the first moment that Prometheus knows.
 */
export function increaseWithBirths(
  series: Selector,
  windowSeconds: number,
): Expr {
  const window = duration(windowSeconds);
  return `(${series} unless ${series} offset ${window}) or increase(${series}[${window}])` as Expr;
}

/**
 * As {@link increaseWithBirths}, but a series that was there at any time in the `memorySeconds` before the window is no
 * newborn: one scrape that failed marks its series as gone, and must not make them count whole.
 */
export function increaseWithRareBirths(
  series: Selector,
  windowSeconds: number,
  memorySeconds: number,
): Expr {
  const before = lastOverTime(series, memorySeconds, windowSeconds);
  return `(${series} unless ${before}) or increase(${series}[${duration(windowSeconds)}])` as Expr;
}

/** The last value that a series had in a window of seconds that ended some seconds ago. */
export function lastOverTime(
  series: Selector,
  windowSeconds: number,
  endedSecondsAgo: number,
): Expr {
  return `last_over_time(${series}[${duration(windowSeconds)}] offset ${duration(endedSecondsAgo)})` as Expr;
}

/** The highest value that a gauge had in a window of seconds. */
export function maxOverTime(series: Selector, windowSeconds: number): Expr {
  return `max_over_time(${series}[${duration(windowSeconds)}])` as Expr;
}

export function sumBy(labels: readonly string[], expr: Expr): Expr {
  return aggregate('sum', labels, expr);
}

export function maxBy(labels: readonly string[], expr: Expr): Expr {
  return aggregate('max', labels, expr);
}

export function minBy(labels: readonly string[], expr: Expr): Expr {
  return aggregate('min', labels, expr);
}

export function countBy(labels: readonly string[], expr: Expr): Expr {
  return aggregate('count', labels, expr);
}

/**
 * When each series had its last sample (Unix seconds), looking back over a window of seconds in steps of seconds.
 */
export function lastSeen(
  series: Selector,
  windowSeconds: number,
  stepSeconds: number,
): Expr {
  return `max_over_time(timestamp(${series})[${duration(windowSeconds)}:${duration(stepSeconds)}])` as Expr;
}

/** As {@link increase}, over a window of seconds that ended some seconds ago. */
export function increaseBefore(
  series: Selector,
  windowSeconds: number,
  endedSecondsAgo: number,
): Expr {
  return `increase(${series}[${duration(windowSeconds)}] offset ${duration(endedSecondsAgo)})` as Expr;
}

/** Sets a label from the first group of a regular expression on another one; where it does not match, nothing changes. */
export function relabel(
  expr: Expr,
  label: string,
  from: string,
  regex: string,
): Expr {
  return `label_replace(${expr}, ${quote(labelName(label))}, "$1", ${quote(labelName(from))}, ${quote(regex)})` as Expr;
}

/** How many observations native histograms hold. */
export function histogramCount(histograms: Expr): Expr {
  return `histogram_count(${histograms})` as Expr;
}

/** The share of observations of native histograms that are at most so large. */
export function histogramFraction(upperBound: number, histograms: Expr): Expr {
  return `histogram_fraction(0, ${upperBound}, ${histograms})` as Expr;
}

/** Nothing below a number. */
export function clampMin(expr: Expr, least: number): Expr {
  return `clamp_min(${expr}, ${least})` as Expr;
}

/** Left times right, series by series with equal labels. */
export function times(left: Expr, right: Expr): Expr {
  return `(${left}) * (${right})` as Expr;
}

/** Left minus right, series by series with equal labels. */
export function minus(left: Expr, right: Expr): Expr {
  return `(${left}) - (${right})` as Expr;
}

/** Left over right, once these labels are set aside. */
export function divideIgnoring(
  labels: readonly string[],
  left: Expr,
  right: Expr,
): Expr {
  return `(${left}) / ignoring (${labels.map(labelName).join(', ')}) (${right})` as Expr;
}

/** The series whose value is above a number. */
export function above(expr: Expr, bound: number): Expr {
  return `(${expr}) > ${bound}` as Expr;
}

/** The series of the left that the right has too. */
export function and(left: Expr, right: Expr): Expr {
  return `(${left}) and (${right})` as Expr;
}

/** Left over right, series by series with equal labels. */
export function divide(left: Expr, right: Expr): Expr {
  return `(${left}) / (${right})` as Expr;
}

/** The sum of two, series by series with equal labels. */
export function add(left: Expr, right: Expr): Expr {
  return `(${left}) + (${right})` as Expr;
}

/** Every value by a number. */
export function multiply(expr: Expr, factor: number): Expr {
  return `(${expr}) * ${factor}` as Expr;
}

/** The series of the left whose values of these labels no series of the right has. */
export function unlessOn(
  labels: readonly string[],
  left: Expr,
  right: Expr,
): Expr {
  return `(${left}) unless on (${labels.map(labelName).join(', ')}) (${right})` as Expr;
}

/** A percentile of classic buckets, interpolated as Prometheus does; NaN where nothing was counted. */
export function histogramQuantile(quantile: number, buckets: Expr): Expr {
  return `histogram_quantile(${quantile}, ${buckets})` as Expr;
}

/**
 * One answer with the series of several expressions. Of series with equal labels only the first one's survives:
 * tell them apart with {@link tag}.
 */
export function or(first: Expr, ...more: Expr[]): Expr {
  return more.length === 0
    ? first
    : ([first, ...more].map(expr => `(${expr})`).join(' or ') as Expr);
}

/** Sets a label on every series, so that several metrics fit in one query with {@link or}. */
export function tag(expr: Expr, label: string, value: string): Expr {
  // In a replacement `$1` is a capture group; `$$` is a dollar.
  const replacement = quote(value.replaceAll('$', '$$$$'));
  return `label_replace(${expr}, ${quote(labelName(label))}, ${replacement}, "", "")` as Expr;
}

/** Seconds as PromQL writes them: `5m`, `90s`, `500ms`. */
export function duration(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  if (!(ms > 0)) {
    throw new Error(`A window of ${seconds} s is not longer than nothing`);
  }
  const units: [string, number][] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ];
  const [unit, size] = units.find(([, length]) => ms % length === 0) ?? [
    'ms',
    1,
  ];
  return `${ms / size}${unit}`;
}

function aggregate(
  operator: string,
  labels: readonly string[],
  expr: Expr,
): Expr {
  return `${operator} by (${labels.map(labelName).join(', ')}) (${expr})` as Expr;
}

function alternation(values: Iterable<string>): string {
  return Array.from(values, escapeRegex).join('|');
}

/** Makes RE2 read the text literally. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function labelName(name: string): string {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
    throw new Error(`'${name}' is not a label's name`);
  }
  return name;
}

/**
 * A PromQL string. Its escapes are Go's, of which JSON's are a part, save for `\/` (which JSON only reads) and
 * half a surrogate pair, which no label of Prometheus can hold.
 */
export function quote(value: string): string {
  return JSON.stringify(value.replace(/\p{Surrogate}/gu, '\ufffd'));
}
