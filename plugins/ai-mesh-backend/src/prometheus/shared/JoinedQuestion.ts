import { addTo } from '../../kubernetes/addTo';
import { inTurns } from '../../target/inTurns';
import { or, tag, type Expr } from '../promql';
import type { QuestionShape } from './questionShape';
import { SharedQuestion, type SortedRows } from './SharedQuestion';

/** Which part of a joined answer a row is of. */
const PART_LABEL = 'ai_mesh_part';

interface Row {
  labels: Record<string, string>;
}

/** Questions by their numbers that one part of a joined question asks. */
interface Part {
  promql: Expr;
  numbers: readonly number[];
  /** Absent of one alone. */
  shared?: SharedQuestion;
}

/** Several questions as one: those that ask the same of different names share a part, any other has one of its own. */
export class JoinedQuestion {
  readonly promql: Expr;
  readonly #parts: readonly Part[];

  /**
   * In turns with other work.
   *
   * @param shapes - of two questions or more, none twice
   */
  static async of(shapes: readonly QuestionShape[]): Promise<JoinedQuestion> {
    return new JoinedQuestion(await partsOf(shapes));
  }

  private constructor(parts: readonly Part[]) {
    this.#parts = parts;
    const [first, ...more] = this.#parts.map(({ promql }, index) =>
      tag(promql, PART_LABEL, String(index)),
    );
    this.promql = or(first, ...more);
  }

  /** The rows of each question by its number, with the labels that they would have had. */
  sort<R extends Row>(rows: readonly R[]): SortedRows<R> {
    const sorted = new Map<number, R[]>();
    const unclear = new Set<number>();
    const byPart = rowsByPart(rows);
    for (const [index, { numbers, shared }] of this.#parts.entries()) {
      const own = byPart.get(String(index)) ?? [];
      if (!shared) {
        sorted.set(numbers[0], own);
        continue;
      }
      const answers = shared.sort(own);
      for (const [at, some] of answers.rows) {
        sorted.set(numbers[at], some);
      }
      for (const at of answers.unclear) {
        unclear.add(numbers[at]);
      }
    }
    return { rows: sorted, unclear };
  }
}

async function partsOf(shapes: readonly QuestionShape[]): Promise<Part[]> {
  const alike = new Map<string, number[]>();
  for (const [number, { key }] of shapes.entries()) {
    addTo(alike, key, number);
  }
  const parts: Part[] = [];
  for (const numbers of alike.values()) {
    await inTurns();
    const shared =
      numbers.length > 1
        ? SharedQuestion.of(numbers.map(number => shapes[number]))
        : undefined;
    parts.push(
      ...(shared
        ? [{ promql: shared.promql, numbers, shared }]
        : numbers.map(number => ({
            promql: shapes[number].promql,
            numbers: [number],
          }))),
    );
  }
  return parts;
}

function rowsByPart<R extends Row>(rows: readonly R[]): Map<string, R[]> {
  const parts = new Map<string, R[]>();
  for (const row of rows) {
    const { [PART_LABEL]: part, ...labels } = row.labels;
    addTo(parts, part, { ...row, labels });
  }
  return parts;
}
