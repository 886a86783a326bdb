import { checkedLabel, type Expr, labelName, quote } from './text';

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

function aggregate(
  operator: string,
  labels: readonly string[],
  expr: Expr,
): Expr {
  return `${operator} by (${labels.map(labelName).join(', ')}) (${expr})` as Expr;
}

/**
 * One answer with the series of several expressions. Of series with equal labels only the first one's survives:
 * tell them apart with {@link tag}.
 */
export function or(first: Expr, ...more: Expr[]): Expr {
  return joined([first, ...more]);
}

/** More than a person would write in one line. */
const LONG = 16;

/**
 * In halves of halves where there are many: in a chain every `or` copies all that was found before, and a parser goes
 * one deeper for each.
 */
function joined(expressions: readonly Expr[]): Expr {
  if (expressions.length === 1) {
    return expressions[0];
  }
  if (expressions.length > LONG) {
    const half = Math.ceil(expressions.length / 2);
    return joined([
      joined(expressions.slice(0, half)),
      joined(expressions.slice(half)),
    ]);
  }
  return expressions.map(expr => `(${expr})`).join(' or ') as Expr;
}

/** As {@link or}, but told apart by these labels alone: of those with equal values, only the first one's. */
export function orOn(
  labels: readonly string[],
  first: Expr,
  ...more: Expr[]
): Expr {
  return more.reduce(
    (left, right) =>
      `(${left}) or on (${labels.map(labelName).join(', ')}) (${right})` as Expr,
    first,
  );
}

/** The series of the left that the right has too. */
export function and(left: Expr, right: Expr): Expr {
  return `(${left}) and (${right})` as Expr;
}

/** The series of the left whose values of these labels a series of the right has. */
export function andOn(
  labels: readonly string[],
  left: Expr,
  right: Expr,
): Expr {
  return `(${left}) and on (${labels.map(labelName).join(', ')}) (${right})` as Expr;
}

/** The series of the left whose values of these labels no series of the right has. */
export function unlessOn(
  labels: readonly string[],
  left: Expr,
  right: Expr,
): Expr {
  return `(${left}) unless on (${labels.map(labelName).join(', ')}) (${right})` as Expr;
}

/** Sets a label from the first group of a regular expression on another one; where it does not match, nothing changes. */
export function relabel(
  expr: Expr,
  label: string,
  from: string,
  regex: string,
): Expr {
  return `label_replace(${expr}, ${quote(checkedLabel(label))}, "$1", ${quote(checkedLabel(from))}, ${quote(regex)})` as Expr;
}

/** Sets a label to a text where a regular expression matches another label's whole value. */
export function relabelTo(
  expr: Expr,
  label: string,
  value: string,
  from: string,
  regex: string,
): Expr {
  return `label_replace(${expr}, ${quote(checkedLabel(label))}, ${replacement(value)}, ${quote(checkedLabel(from))}, ${quote(regex)})` as Expr;
}

/** Sets a label to the values of others, in their order. */
export function joinLabels(
  expr: Expr,
  label: string,
  separator: string,
  from: readonly string[],
): Expr {
  return `label_join(${[expr, ...[checkedLabel(label), separator, ...from.map(checkedLabel)].map(quote)].join(', ')})` as Expr;
}

/**
 * As {@link joinLabels}, of a label with a regular expression (RE2, anchored) what its one group finds. Where one does not
 * match, a single label sets nothing, and several are joined as they are.
 *
 * @param separator - no letter that a regular expression takes for more than itself
 */
export function joinGroups(
  expr: Expr,
  label: string,
  separator: string,
  from: readonly { label: string; regex?: string }[],
): Expr {
  const [first, ...more] = from;
  if (from.every(({ regex }) => regex === undefined)) {
    return joinLabels(
      expr,
      label,
      separator,
      from.map(one => one.label),
    );
  }
  if (first.regex !== undefined && more.length === 0) {
    return relabel(expr, label, first.label, first.regex);
  }
  const values = joinGroups(
    expr,
    label,
    separator,
    from.map(one => ({ label: one.label })),
  );
  const groups = from.map(({ regex = `([^${separator}]*)` }) => regex);
  const numbers = from.map((_, index) => `\${${index + 1}}`);
  return `label_replace(${[values, ...[checkedLabel(label), numbers.join(separator), label, groups.join(separator)].map(quote)].join(', ')})` as Expr;
}

/** A number as a series without labels. */
export function number(value: number): Expr {
  return `vector(${value})` as Expr;
}

/** A text that is meant as it is: in a replacement `$1` is a capture group; `$$` is a dollar. */
function replacement(value: string): string {
  return quote(value.replaceAll('$', '$$$$'));
}

/** Sets a label on every series, so that several metrics fit in one query with {@link or}. */
export function tag(expr: Expr, label: string, value: string): Expr {
  return `label_replace(${expr}, ${quote(checkedLabel(label))}, ${replacement(value)}, "", "")` as Expr;
}

/** The series whose value is above a number. */
export function above(expr: Expr, bound: number): Expr {
  return `(${expr}) > ${bound}` as Expr;
}

/** Nothing below a number. */
export function clampMin(expr: Expr, least: number): Expr {
  return `clamp_min(${expr}, ${least})` as Expr;
}

/** The sum of two, series by series with equal labels. */
export function add(left: Expr, right: Expr): Expr {
  return `(${left}) + (${right})` as Expr;
}

/** Left minus right, series by series with equal labels. */
export function minus(left: Expr, right: Expr): Expr {
  return `(${left}) - (${right})` as Expr;
}

/** Left times right, series by series with equal labels. */
export function times(left: Expr, right: Expr): Expr {
  return `(${left}) * (${right})` as Expr;
}

/** Left over right, series by series with equal labels. */
export function divide(left: Expr, right: Expr): Expr {
  return `(${left}) / (${right})` as Expr;
}

/** Left over right, once these labels are set aside. */
export function divideIgnoring(
  labels: readonly string[],
  left: Expr,
  right: Expr,
): Expr {
  return `(${left}) / ignoring (${labels.map(labelName).join(', ')}) (${right})` as Expr;
}

/** Every value by a number. */
export function multiply(expr: Expr, factor: number): Expr {
  return `(${expr}) * ${factor}` as Expr;
}

/** A percentile of classic buckets, interpolated as Prometheus does; NaN where nothing was counted. */
export function histogramQuantile(quantile: number, buckets: Expr): Expr {
  return `histogram_quantile(${quantile}, ${buckets})` as Expr;
}

/** How many observations native histograms hold. */
export function histogramCount(histograms: Expr): Expr {
  return `histogram_count(${histograms})` as Expr;
}

/** What the observations of native histograms add up to. */
export function histogramSum(histograms: Expr): Expr {
  return `histogram_sum(${histograms})` as Expr;
}

/**
 * How many observations each native histogram holds that are at most so large: whole numbers where a bucket ends there, as
 * one does at every power of two, however finely a histogram is divided.
 */
export function histogramCountUpTo(upperBound: number, histograms: Expr): Expr {
  const all = histogramCount(histograms);
  const share = histogramFraction(upperBound, histograms);
  // Of one that holds nothing yet the share is not a number.
  return `((round(${share} * ${all}) >= 0) or ${all})` as Expr;
}

/** The share of observations of native histograms that are at most so large. */
export function histogramFraction(upperBound: number, histograms: Expr): Expr {
  return `histogram_fraction(0, ${upperBound}, ${histograms})` as Expr;
}
