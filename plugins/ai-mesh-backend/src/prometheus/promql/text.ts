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

/** What JSON leaves as it is, and some grammar takes for the end of a line or for no letter. */
const CONTROL = /[\u007f-\u009f\u2028\u2029\ufffd]/g;

/**
 * A PromQL string. Its escapes are Go's, of which JSON's are a part, save for `\/` (which JSON only reads) and
 * half a surrogate pair, which no label of Prometheus can hold.
 */
export function quote(value: string): string {
  return JSON.stringify(value.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    CONTROL,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs;
const LETTERS: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The text that a PromQL string stands for: Go's escapes, or none between backticks.
 *
 * @param literal - with its quotes, as the grammar knows it
 */
export function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  return literal.startsWith('`') ? inner : inner.replace(ESCAPE, unescaped);
}

function unescaped(
  _escape: string,
  x?: string,
  u?: string,
  long?: string,
  octal?: string,
  letter: string = '',
): string {
  const code = x ?? u ?? long;
  if (code !== undefined || octal !== undefined) {
    const point = code !== undefined ? parseInt(code, 16) : parseInt(octal!, 8);
    return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return LETTERS[letter] ?? letter;
}

const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const PLAIN_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
/** Prometheus 3 takes any text for a name. Of OpenTelemetry's, and so of ours, are words with dots, dashes and slashes. */
const UTF8_NAME = /^[\p{L}_:][\p{L}\p{N}_:./-]*$/u;

/** Whether a metric's name can stand before its braces, as every Prometheus reads it. */
export function isPlainMetric(name: string): boolean {
  return PLAIN_METRIC.test(name);
}

/** @throws Error where the text cannot be the name of a metric */
export function metricName(name: string): string {
  if (!PLAIN_METRIC.test(name) && !UTF8_NAME.test(name)) {
    throw new Error(`'${name}' is not a metric's name`);
  }
  return name;
}

/** @throws Error where the text cannot be the name of a label */
export function checkedLabel(name: string): string {
  if (!PLAIN_LABEL.test(name) && !UTF8_NAME.test(name)) {
    throw new Error(`'${name}' is not a label's name`);
  }
  return name;
}

/** A label as conditions and groupings write it: in quotes where only Prometheus 3 knows such names. */
export function labelName(name: string): string {
  return PLAIN_LABEL.test(name) ? name : quote(checkedLabel(name));
}

/** Makes RE2 read the text literally. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
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
