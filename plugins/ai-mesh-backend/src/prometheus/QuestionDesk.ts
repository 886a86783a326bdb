import { SourceError } from '../target/SourceError';
import type { AskingTurns } from './AskingTurns';
import { or, tag, type Expr } from './promql';

/** Whose part of a joined answer a row is. */
const PART_LABEL = 'ai_mesh_part';
const MOST_PARTS = 500;
/** A text of more, written as a form, would not pass a proxy that stops at a megabyte. */
const MOST_TEXT = 500_000;
/** An answer that takes longer is soon late, so that less is asked at once; one that is sooner leaves room for more. */
const SLOW_MS = 4_000;
/** After so many failures of the parts of one question, the rest are not asked any more. */
const MOST_FAILURES = 30;

interface Row {
  labels: Record<string, string>;
}

/** Gives the rows of one part, with the labels that they had. */
type Pick = <R extends Row>(rows: readonly R[]) => R[];

interface Asked<T> {
  promql: Expr;
  answers: { resolve(answer: T): void; reject(error: unknown): void }[];
}

/** How many questions of a kind go as one, by how long the server took for the last ones. */
export class JoinedSize {
  most = MOST_PARTS;

  answered(parts: number, tookMs: number): void {
    if (tookMs > SLOW_MS) {
      this.tooMany(parts);
    } else if (tookMs < SLOW_MS / 4) {
      this.most = Math.min(MOST_PARTS, 2 * this.most);
    }
  }

  tooMany(parts: number): void {
    this.most = Math.max(1, Math.floor(parts / 2));
  }
}

/** Joins questions of one kind, one joined question at a time. */
export class QuestionDesk<T> {
  /** In the order in which they came; the same question is asked once. */
  readonly #waiting = new Map<string, Asked<T>>();
  #isOpen = false;

  /**
   * @param turns - those of all desks of the server
   * @param size - that of all desks of the kind
   * @param send - one question, joined or not
   * @param partOf - the answer to one part
   * @param onIdle - nothing waits any more
   */
  constructor(
    private readonly turns: AskingTurns,
    private readonly size: JoinedSize,
    private readonly send: (promql: Expr) => Promise<T>,
    private readonly partOf: (answer: T, promql: string, pick: Pick) => T,
    private readonly onIdle: () => void = () => undefined,
  ) {}

  ask(promql: Expr): Promise<T> {
    return new Promise((resolve, reject) => {
      const asked = this.#waiting.get(promql) ?? { promql, answers: [] };
      asked.answers.push({ resolve, reject });
      this.#waiting.set(promql, asked);
      this.turns.came();
      if (!this.#isOpen) {
        this.#isOpen = true;
        void this.#work();
      }
    });
  }

  /** Every failure goes to whoever asked: this never rejects. */
  async #work(): Promise<void> {
    while (this.#waiting.size > 0) {
      await this.turns.next(() => this.#answer(this.#take(), { count: 0 }));
    }
    this.#isOpen = false;
    this.onIdle();
  }

  #take(): Asked<T>[] {
    const taken: Asked<T>[] = [];
    let text = 0;
    for (const asked of this.#waiting.values()) {
      text += asked.promql.length;
      if (
        taken.length > 0 &&
        (taken.length >= this.size.most || text > MOST_TEXT)
      ) {
        break;
      }
      taken.push(asked);
      this.#waiting.delete(asked.promql);
    }
    return taken;
  }

  async #answer(
    parts: readonly Asked<T>[],
    failures: { count: number },
  ): Promise<void> {
    const from = performance.now();
    try {
      const answers = await this.#joined(parts.map(({ promql }) => promql));
      parts.forEach((part, index) =>
        part.answers.forEach(({ resolve }) => resolve(answers[index])),
      );
      this.size.answered(parts.length, performance.now() - from);
    } catch (error) {
      failures.count++;
      if (error instanceof SourceError && error.isLate) {
        // It may have been too much at once.
        this.size.tooMany(parts.length);
      }
      if (parts.length === 1 || isForAll(error, failures.count)) {
        parts.forEach(part =>
          part.answers.forEach(({ reject }) => reject(error)),
        );
        return;
      }
      const half = Math.ceil(parts.length / 2);
      await this.#answer(parts.slice(0, half), failures);
      await this.#answer(parts.slice(half), failures);
    }
  }

  async #joined(questions: readonly Expr[]): Promise<T[]> {
    if (questions.length === 1) {
      return [await this.send(questions[0])];
    }
    const [first, ...more] = questions.map((question, index) =>
      tag(question, PART_LABEL, String(index)),
    );
    const answer = await this.send(or(first, ...more));
    const sorted = new Map<readonly Row[], Map<string, Row[]>>();
    return questions.map((question, index) =>
      this.partOf(answer, question, <R extends Row>(rows: readonly R[]) => {
        const parts = sorted.get(rows) ?? byPart(rows);
        sorted.set(rows, parts);
        return (parts.get(String(index)) ?? []) as R[];
      }),
    );
  }
}

/** A server that is away, hangs or refuses does so for every part. */
function isForAll(error: unknown, failures: number): boolean {
  return (
    failures > MOST_FAILURES ||
    (error instanceof SourceError &&
      (error.isLate || error.reason === 'forbidden'))
  );
}

function byPart(rows: readonly Row[]): Map<string, Row[]> {
  const parts = new Map<string, Row[]>();
  for (const row of rows) {
    const { [PART_LABEL]: part, ...labels } = row.labels;
    const present = parts.get(part);
    if (present) {
      present.push({ ...row, labels });
    } else {
      parts.set(part, [{ ...row, labels }]);
    }
  }
  return parts;
}
