import { CannotShare } from './CannotShare';
import type { NamedValues, QuestionShape } from './questionShape';

/** Between the values of a label that says whose a row is: no value that is asked about has a control character. */
export const SEPARATOR = '\u001f';

/** Conditions that say together whose a row is, and the label that a row has for it. */
export interface Whose {
  label: string;
  conditions: readonly Varying[];
}

/** A condition whose values differ from question to question. */
export interface Varying extends NamedValues {
  /** Among those of a question. */
  number: number;
  /** The same for conditions that name the same as each other in every question. */
  variable: number;
  /** Of all questions together. */
  all: ReadonlySet<string>;
}

/** The conditions whose values are not the same in every question. */
export function varying(shapes: readonly QuestionShape[]): Varying[] {
  const variables = new Map<string, number>();
  // What a question names in one selector it names in the others too, as the same list.
  const written = new Map<readonly string[], string>();
  const textOf = (some: readonly string[]) => {
    const text = written.get(some) ?? JSON.stringify(some);
    written.set(some, text);
    return text;
  };
  return shapes[0].named.flatMap((condition, number) => {
    const values = shapes.map(({ named }) => named[number].values);
    const texts = values.map(textOf);
    if (texts.every(text => text === texts[0])) {
      return [];
    }
    const key = texts.join();
    const variable = variables.get(key) ?? variables.size;
    variables.set(key, variable);
    return [{ ...condition, number, variable, all: new Set(values.flat()) }];
  });
}

/**
 * What is made of several rows would fall apart into what is made of those by one kind of condition and by another.
 *
 * @throws CannotShare where there are several kinds
 */
export function ofOneKind(whose: ReadonlySet<Whose>): void {
  if (whose.size > 1) {
    throw new CannotShare();
  }
}

/** Labels of which one question may name several values. */
export function namedForMany(whose: ReadonlySet<Whose>): string[] {
  return Array.from(whose).flatMap(({ conditions }) =>
    conditions.flatMap(({ label, isForMany }) => (isForMany ? label : [])),
  );
}
