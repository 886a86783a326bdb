import {
  escapeRegex,
  isPlainMetric,
  labelName,
  type Matcher,
  metricName,
  quote,
  type Selector,
} from './text';

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

/** The label ends with one of the values; there has to be one. */
export function endsWithOneOf(
  label: string,
  values: readonly string[],
): Matcher {
  return matches(label, `.*(${alternation(values)})`);
}

/** The label matches a regular expression (RE2, anchored) that is part of our own code. */
export function matches(label: string, regex: string): Matcher {
  return `${labelName(label)}=~${quote(regex)}` as Matcher;
}

/** The label does not match a regular expression (RE2, anchored). */
export function doesNotMatch(label: string, regex: string): Matcher {
  return `${labelName(label)}!~${quote(regex)}` as Matcher;
}

/** The histogram buckets with these upper bounds, however they are written. */
export function le(...upperBounds: number[]): Matcher {
  return oneOf('le', upperBounds.flatMap(numberSpellings));
}

/**
 * How a label holds a number: exporters write `1000`, Prometheus 3 normalises to `1000.0`, and Go writes `3.6e+06` for
 * what Envoy writes as `3600000`.
 */
export function numberSpellings(value: number): string[] {
  if (value === Infinity) {
    return ['+Inf'];
  }
  const plain = String(value);
  const exponential = value
    .toExponential()
    .replace(/e([+-])(\d)$/, (_, sign, digit) => `e${sign}0${digit}`);
  return [
    ...new Set([
      plain,
      ...(/[.e]/.test(plain) ? [] : [`${plain}.0`]),
      ...(value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4)
        ? [exponential]
        : []),
    ]),
  ];
}

/**
 * All series of a metric that meet every condition. A name that only Prometheus 3 can hold stands among the conditions:
 * every server reads that, where `{"a.name"}` needs the newer grammar.
 */
export function selector(metric: string, ...matchers: Matcher[]): Selector {
  return (
    isPlainMetric(metric)
      ? `${metric}{${matchers.join(',')}}`
      : `{${[eq('__name__', metricName(metric)), ...matchers].join(',')}}`
  ) as Selector;
}

/** As {@link selector}, for series of several metrics at once. */
export function seriesOf(
  metrics: Iterable<string>,
  ...matchers: Matcher[]
): Selector {
  return `{${[oneOf('__name__', metrics), ...matchers].join(',')}}` as Selector;
}

/** As {@link selector}, for series whose names match one of some regular expressions (RE2, anchored) of our own. */
export function seriesNamed(
  names: Iterable<string>,
  ...matchers: Matcher[]
): Selector {
  const name = matches('__name__', [...new Set(names)].join('|'));
  return `{${[name, ...matchers].join(',')}}` as Selector;
}

function alternation(values: Iterable<string>): string {
  return Array.from(values, escapeRegex).join('|');
}
