import { unquote, type Expr } from '../promql';
import { literals, namesWithin, type Within } from './namesWithin';

/** A condition that names values as they are, `label="a"` or `label=~"a|b"`, or what is always alike around them. */
export interface NamedValues {
  /** Where it stands in the question. */
  from: number;
  to: number;
  label: string;
  values: readonly string[];
  /** The same as one text. */
  text: string;
  /** What stands around the names in the label. */
  within?: Within;
  /** Of several names, or written for several whether or not there are. */
  isForMany: boolean;
}

/** A question as what it asks and of whom. Two with the same key ask the same of others. */
export interface QuestionShape {
  promql: Expr;
  key: string;
  named: readonly NamedValues[];
}

/**
 * A string with the condition that it stands in, as the query builder writes them; strings elsewhere are no condition. A label
 * begins where a word does, so that no name is tried once from each of its letters.
 */
const STRING = /(?:(?<!\w)([a-zA-Z_]\w*)(=~?))?"((?:[^"\\]|\\.)*)"/g;
const CONTROL = /\p{Cc}/u;

export function questionShape(promql: Expr): QuestionShape {
  const named: NamedValues[] = [];
  // A question names the same in each of its selectors, of which there may be hundreds.
  const read = new Map<string, ReturnType<typeof namesOf>>();
  for (const { index, 0: text, 1: label, 2: operator } of promql.matchAll(
    STRING,
  )) {
    if (!label || label === '__name__') {
      continue;
    }
    if (!read.has(text)) {
      const literal = text.slice(label.length + operator.length);
      read.set(text, namesOf(operator, literal));
    }
    const condition = read.get(text);
    if (condition) {
      named.push({ from: index, to: index + text.length, label, ...condition });
    }
  }
  return { promql, key: withoutValues(promql, named), named };
}

/** How much longer a joined question gets by one more, where it holds one of its shape already. */
export function lengthBeside(
  present: QuestionShape | undefined,
  { promql, named }: QuestionShape,
): number {
  if (!present) {
    return promql.length;
  }
  return named.reduce(
    (length, { text }, number) =>
      text === present.named[number].text ? length : length + text.length + 1,
    0,
  );
}

function withoutValues(promql: string, named: readonly NamedValues[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { from, to, label, within, isForMany } of named) {
    pieces.push(
      promql.slice(done, from),
      `${label}${isForMany ? '=~' : '='}`,
      ...(within ? [within.before, within.after] : []),
    );
    done = to;
  }
  return [...pieces, promql.slice(done)].join('\n');
}

/** Undefined for a regular expression that is more than names and what is around them, and for what could not be told from another. */
function namesOf(
  operator: string,
  literal: string,
): Pick<NamedValues, 'values' | 'text' | 'within' | 'isForMany'> | undefined {
  const text = unquote(literal);
  if (text === '' || CONTROL.test(text)) {
    return undefined;
  }
  if (operator === '=') {
    return { values: [text], text, isForMany: false };
  }
  const values = literals(text);
  if (values) {
    return { values, text: values.join('|'), isForMany: true };
  }
  const found = namesWithin(text);
  return (
    found && {
      ...found,
      text: found.values.join('|'),
      isForMany: found.values.length > 1,
    }
  );
}
