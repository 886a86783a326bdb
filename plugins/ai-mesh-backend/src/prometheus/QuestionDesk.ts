import { inTurns } from '../target/inTurns';
import { SourceError } from '../target/SourceError';
import type { AskingTurns } from './AskingTurns';
import type { Expr } from './promql';
import { JoinedQuestion } from './shared/JoinedQuestion';
import {
  lengthBeside,
  questionShape,
  type QuestionShape,
} from './shared/questionShape';
import type { SortedRows } from './shared/SharedQuestion';

const MOST_PARTS = 1000;
/** A text of more, written as a form, would not pass a proxy that stops at a megabyte. */
const MOST_TEXT = 550_000;
/** So much of it is taken at once: labels for whose a row is make it longer. */
const TAKEN_TEXT = 450_000;
/** Bytes of an answer: at twice as many no more is read of it. */
const LARGE = 4_000_000;
/** An answer that takes longer is soon late, so that less is asked at once; one that is sooner leaves room for more. */
const SLOW_MS = 4_000;
/** The share of either that is meant where there is more to ask. */
const ALMOST = 0.9;
/** Prometheus works at a question with one processor: of more than one holds, a second goes beside it. */
const AT_ONCE = 2;
/** After so many failures of the parts of one question, the rest are not asked any more. */
const MOST_FAILURES = 30;

interface Row {
  labels: Record<string, string>;
}

/** Gives the rows of one part, with the labels that they had. */
type Pick = <R extends Row>(rows: readonly R[]) => R[];

interface Waiting<T> {
  promql: Expr;
  answers: { resolve(answer: T): void; reject(error: unknown): void }[];
}

interface Asked<T> extends Waiting<T> {
  shape: QuestionShape;
}

/** How many questions of a kind go as one, by how long the server took for the last ones, and how much it said. */
export class JoinedSize {
  most = MOST_PARTS;

  /**
   * As many more or fewer as should make an answer almost as slow or as large as it may be: halves of what is a little too
   * much would be more questions than a server that is busy with other work can do, and it would be slow at those too.
   *
   * @param bytes - of the answer, about
   */
  answered(parts: number, tookMs: number, bytes: number): void {
    const share = Math.max(tookMs / SLOW_MS, bytes / LARGE);
    const fitting = Math.floor(
      parts * Math.min(2, Math.max(0.5, ALMOST / share)),
    );
    if (share > 1) {
      this.most = Math.max(1, fitting);
    } else if (share < 0.5) {
      this.most = Math.min(MOST_PARTS, Math.max(this.most, fitting));
    }
  }

  tooMany(parts: number): void {
    this.most = Math.max(1, Math.floor(parts / 2));
  }
}

/**
 * Joins questions of one kind: one joined question at a time, or two where one cannot hold all that waits. Hundreds may ask at
 * once, and each goes on with its answer: questions are looked at and answers handed out in turns with other work.
 */
export class QuestionDesk<T> {
  /** In the order in which they came; the same question is asked once. */
  readonly #waiting = new Map<string, Waiting<T>>();
  /** Those that an answer is on its way to, which is one to the same question asked meanwhile. */
  readonly #underWay = new Map<string, Waiting<T>>();
  #isOpen = false;

  /**
   * @param turns - those of all desks of the server
   * @param size - that of all desks of the kind
   * @param send - one question, joined or not
   * @param partOf - the answer to one part
   * @param bytesOf - how much an answer is, about
   * @param onIdle - nothing waits any more
   */
  constructor(
    private readonly turns: AskingTurns,
    private readonly size: JoinedSize,
    private readonly send: (promql: Expr) => Promise<T>,
    private readonly partOf: (answer: T, promql: string, pick: Pick) => T,
    private readonly bytesOf: (answer: T) => number,
    private readonly onIdle: () => void = () => undefined,
  ) {}

  ask(promql: Expr): Promise<T> {
    return new Promise((resolve, reject) => {
      const present = this.#waiting.get(promql) ?? this.#underWay.get(promql);
      if (present) {
        present.answers.push({ resolve, reject });
        return;
      }
      this.#waiting.set(promql, {
        promql,
        answers: [{ resolve, reject }],
      });
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
      // While the answers to one load are looked at, the server can have the next one.
      await this.turns.next(
        async () => {
          const answered: Promise<void>[] = [];
          while (answered.length < AT_ONCE && this.#waiting.size > 0) {
            answered.push(this.#answer(await this.#take(), { count: 0 }));
          }
          await Promise.all(answered);
        },
        () => this.#waiting.size >= AT_ONCE * this.size.most,
      );
    }
    this.#isOpen = false;
    this.onIdle();
  }

  async #take(): Promise<Asked<T>[]> {
    const taken: Asked<T>[] = [];
    const alike = new Map<string, QuestionShape>();
    let text = 0;
    for (const waiting of this.#waiting.values()) {
      await inTurns();
      const shape = questionShape(waiting.promql);
      text += lengthBeside(alike.get(shape.key), shape);
      alike.set(shape.key, alike.get(shape.key) ?? shape);
      if (
        taken.length > 0 &&
        (taken.length >= this.size.most || text > TAKEN_TEXT)
      ) {
        break;
      }
      taken.push({ ...waiting, shape });
      this.#waiting.delete(waiting.promql);
      this.#underWay.set(waiting.promql, waiting);
    }
    return taken;
  }

  async #answer(
    parts: readonly Asked<T>[],
    failures: { count: number },
  ): Promise<void> {
    const shapes = parts.map(({ shape }) => shape);
    try {
      const joined =
        shapes.length > 1 ? await JoinedQuestion.of(shapes) : undefined;
      if (joined && joined.promql.length > MOST_TEXT) {
        await this.#answerHalves(parts, failures);
        return;
      }
      const from = performance.now();
      const answer = await this.send(joined?.promql ?? shapes[0].promql);
      this.size.answered(
        parts.length,
        performance.now() - from,
        this.bytesOf(answer),
      );
      const answers = joined ? this.#sort(answer, joined, shapes) : [answer];
      for (const [number, part] of parts.entries()) {
        const own = answers[number];
        if (own === undefined) {
          await this.#answer([part], failures);
        } else {
          await this.#settle(part, ({ resolve }) => resolve(own));
        }
      }
    } catch (error) {
      failures.count++;
      if (error instanceof SourceError && (error.isLate || error.isTooLarge)) {
        // It may have been too much at once.
        this.size.tooMany(parts.length);
      }
      if (parts.length === 1 || isForAll(error, failures.count)) {
        for (const part of parts) {
          await this.#settle(part, ({ reject }) => reject(error));
        }
        return;
      }
      await this.#answerHalves(parts, failures);
    }
  }

  async #settle(
    { promql, answers }: Waiting<T>,
    settle: (answer: Waiting<T>['answers'][number]) => void,
  ): Promise<void> {
    await inTurns();
    this.#underWay.delete(promql);
    answers.forEach(settle);
  }

  async #answerHalves(
    parts: readonly Asked<T>[],
    failures: { count: number },
  ): Promise<void> {
    const half = Math.ceil(parts.length / 2);
    await this.#answer(parts.slice(0, half), failures);
    await this.#answer(parts.slice(half), failures);
  }

  /** Undefined for one whose rows cannot be told from each other, so that it is to be asked by itself. */
  #sort(
    answer: T,
    joined: JoinedQuestion,
    shapes: readonly QuestionShape[],
  ): (T | undefined)[] {
    const sorted = new Map<readonly Row[], SortedRows<Row>>();
    const unclear = new Set<number>();
    const answers = shapes.map(({ promql }, number) =>
      this.partOf(answer, promql, <R extends Row>(rows: readonly R[]) => {
        const parts = sorted.get(rows) ?? joined.sort(rows);
        sorted.set(rows, parts);
        parts.unclear.forEach(one => unclear.add(one));
        return (parts.rows.get(number) ?? []) as R[];
      }),
    );
    return answers.map((one, number) =>
      unclear.has(number) ? undefined : one,
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
