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

/**
 * A PromQL string. Its escapes are Go's, of which JSON's are a part, save for `\/` (which JSON only reads) and
 * half a surrogate pair, which no label of Prometheus can hold.
 */
export function quote(value: string): string {
  return JSON.stringify(value.replace(/\p{Surrogate}/gu, '\ufffd'));
}

export function labelName(name: string): string {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name)) {
    throw new Error(`'${name}' is not a label's name`);
  }
  return name;
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
