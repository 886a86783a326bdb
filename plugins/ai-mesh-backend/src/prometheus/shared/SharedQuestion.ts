import { addTo } from '../../kubernetes/addTo';
import type { Expr } from '../promql';
import type { NamedValues, QuestionShape } from './questionShape';
import { SharedWriter } from './SharedWriter';
import { SEPARATOR, type Whose } from './Whose';

/** More combinations of one question's values are asked by itself. */
const MOST_COMBINATIONS = 500;

interface Row {
  labels: Record<string, string>;
}

/** Rows of several questions by the questions' numbers. */
export interface SortedRows<R> {
  rows: Map<number, R[]>;
  /** The questions of which two rows have the same labels, so that each is to be asked by itself. */
  unclear: Set<number>;
}

/**
 * Questions that ask the same of different names, as one question about all of them: each row says by a label of its own
 * whose it is. So it costs a server little more than one of them, and grows with the names alone.
 */
export class SharedQuestion {
  private constructor(
    readonly promql: Expr,
    /** By the label that a row has, and its value: the numbers of the questions that it answers. */
    private readonly owners: ReadonlyMap<string, ReadonlyMap<string, number[]>>,
  ) {}

  /**
   * @param shapes - of questions with the same key, none twice
   * @returns undefined where one answer could not be told apart into what each would have been answered
   */
  static of(shapes: readonly QuestionShape[]): SharedQuestion | undefined {
    const written = new SharedWriter(shapes).write();
    if (!written) {
      return undefined;
    }
    const owners = new Map<string, Map<string, number[]>>();
    for (const whose of written.whose) {
      const questions = new Map<string, number[]>();
      for (const [number, { named }] of shapes.entries()) {
        const names = combinations(whose, named);
        if (!names) {
          return undefined;
        }
        for (const name of names) {
          addTo(questions, name, number);
        }
      }
      owners.set(whose.label, questions);
    }
    return new SharedQuestion(written.promql, owners);
  }

  /**
   * The rows of each question by its number, with the labels that they would have had. Rows of a name that nobody asked
   * about are nobody's.
   */
  sort<R extends Row>(rows: readonly R[]): SortedRows<R> {
    const sorted = new Map<number, R[]>();
    /** By question the label that said so of its first row, or none where it was not always the same. */
    const saidBy = new Map<number, string | undefined>();
    for (const row of rows) {
      for (const [label, questions] of this.owners) {
        const numbers = questions.get(row.labels[label] ?? '') ?? [];
        for (const number of numbers) {
          const { [label]: _, ...labels } = row.labels;
          const own = sorted.get(number);
          if (own) {
            own.push({ ...row, labels });
            if (saidBy.get(number) !== label) {
              saidBy.set(number, undefined);
            }
          } else {
            sorted.set(number, [{ ...row, labels }]);
            saidBy.set(number, label);
          }
        }
      }
    }
    const unclear = new Set<number>();
    for (const [number, label] of saidBy) {
      const distinct =
        label === undefined ? distinctRows(sorted.get(number)!) : undefined;
      if (distinct) {
        sorted.set(number, distinct);
      } else if (label === undefined) {
        unclear.add(number);
      }
    }
    return { rows: sorted, unclear };
  }
}

/**
 * Where rows come from conditions on different labels, of two with the same labels only the one counts whose condition
 * stands first. Undefined where they differ, so that it matters.
 */
function distinctRows<R extends Row>(rows: readonly R[]): R[] | undefined {
  const byLabels = new Map<string, R>();
  for (const row of rows) {
    const key = JSON.stringify(Object.entries(row.labels).sort());
    const present = byLabels.get(key);
    if (present && !isSame(present, row)) {
      return undefined;
    }
    byLabels.set(key, row);
  }
  return [...byLabels.values()];
}

/** Apart from the order of their labels. */
function isSame<R extends Row>(one: R, other: R): boolean {
  const rest = (row: R) => JSON.stringify({ ...row, labels: undefined });
  return rest(one) === rest(other);
}

/** The values of the label that says whose a row is which one question asks about. */
function combinations(
  { conditions }: Whose,
  named: readonly NamedValues[],
): string[] | undefined {
  let names: string[][] = [[]];
  for (const { number } of conditions) {
    const { values } = named[number];
    if (names.length * values.length > MOST_COMBINATIONS) {
      return undefined;
    }
    names = names.flatMap(before => values.map(value => [...before, value]));
  }
  return [...new Set(names.map(one => one.join(SEPARATOR)))];
}
