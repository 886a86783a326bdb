import {
  doesNotMatch,
  eq,
  matches,
  neq,
  noneOf,
  numberSpellings,
  oneOf,
  type Matcher,
} from '../promql';

/** One condition on a label, as it was read: the value is a plain text, whatever quotes and escapes it was written in. */
export interface SliMatcher {
  label: string;
  operator: '=' | '!=' | '=~' | '!~';
  value: string;
}

/** Series of one metric that a document asks for. */
export interface SliSelector {
  metric: string;
  matchers: readonly SliMatcher[];
  /** Of a histogram: the bucket with this upper bound. */
  bucket?: number;
}

/** What remains of a document's query once it is read: selectors, joined by `or`. Not confined to anything yet. */
export type SliQuery = readonly SliSelector[];

const PRINTED: Record<
  SliMatcher['operator'],
  (label: string, value: string) => Matcher
> = { '=': eq, '!=': neq, '=~': matches, '!~': doesNotMatch };

/** Labels that hold numbers, which exporters and Prometheus' versions spell differently. */
export const NUMBERS: ReadonlySet<string> = new Set(['le', 'quantile']);

/** A condition as Prometheus is asked for it. */
export function printed({ label, operator, value }: SliMatcher): Matcher {
  const numbers = NUMBERS.has(label) ? numbersIn(operator, value) : undefined;
  if (!numbers) {
    return PRINTED[operator](label, value);
  }
  const spellings = numbers.flatMap(numberSpellings);
  return operator.startsWith('!')
    ? noneOf(label, spellings)
    : oneOf(label, spellings);
}

/** The numbers that a condition names, where it names nothing else: `1`, and of a regular expression `1|2\\.5`. */
function numbersIn(operator: string, value: string): number[] | undefined {
  const parts = operator.endsWith('~')
    ? value.split('|').map(part => part.replace(/\\([.+])/g, '$1'))
    : [value];
  const numbers = parts.map(part =>
    /^\+?Inf$/.test(part) ? Infinity : Number(part.trim() || NaN),
  );
  return numbers.some(Number.isNaN) ? undefined : numbers;
}
