import { AskingTurns } from './AskingTurns';
import type { Expr } from './promql';
import type {
  InstantResult,
  PrometheusClient,
  QueryOptions,
  RangeResult,
} from './PrometheusClient';
import { JoinedSize, QuestionDesk } from './QuestionDesk';

type Range = Parameters<PrometheusClient['queryRange']>[1];

/**
 * A Prometheus for work that asks the same of very many, as facts do: what is asked while an answer is on its way goes
 * together, as one question with a label for whose part it is. So the number of questions grows with the rounds of
 * questions, and not with the entities. What is wrong with one part costs no other its answer.
 */
export class JoinedQuestions implements PrometheusClient {
  readonly extraLabels;
  readonly series;
  readonly asksAnew;
  readonly #client: PrometheusClient;
  readonly #turns = new AskingTurns();
  readonly #instants: QuestionDesk<InstantResult>;
  /** Histories of other times are another desk, and as dear. */
  readonly #rangeSize = new JoinedSize();
  readonly #ranges = new Map<string, QuestionDesk<RangeResult>>();

  constructor(client: PrometheusClient) {
    this.extraLabels = client.extraLabels;
    this.series = client.series;
    this.asksAnew = client.asksAnew;
    this.#client = client;
    this.#instants = new QuestionDesk(
      this.#turns,
      new JoinedSize(),
      promql => client.query(promql, { keepForMs: 0 }),
      (answer, promql, isMine) => ({
        ...answer,
        promql,
        samples: isMine(answer.samples),
        ...(answer.histograms && { histograms: isMine(answer.histograms) }),
      }),
      ({ samples, histograms = [] }) =>
        bytesOf(samples, samples.length) +
        bytesOf(
          histograms,
          histograms.reduce((sum, { buckets }) => sum + 3 * buckets.length, 0),
        ),
    );
  }

  /** Of another moment, in a hurry or with an end of its own, it is asked by itself. */
  query(promql: string, options: QueryOptions = {}): Promise<InstantResult> {
    return options.at || options.fresh || options.signal
      ? this.#client.query(promql, options)
      : this.#instants.ask(promql as Expr);
  }

  queryRange(
    promql: string,
    range: Range,
    options: QueryOptions = {},
  ): Promise<RangeResult> {
    if (options.fresh || options.signal) {
      return this.#client.queryRange(promql, range, options);
    }
    return this.#deskOf(range).ask(promql as Expr);
  }

  /** Ranges that the client aligns to the same points go together. */
  #deskOf(range: Range): QuestionDesk<RangeResult> {
    const { start, end, stepSeconds } = range;
    const points = [start, end].map(date =>
      Math.floor(date.getTime() / 1000 / stepSeconds),
    );
    const key = [...points, stepSeconds].join();
    const present = this.#ranges.get(key);
    if (present) {
      return present;
    }
    const desk = new QuestionDesk<RangeResult>(
      this.#turns,
      this.#rangeSize,
      promql => this.#client.queryRange(promql, range, { keepForMs: 0 }),
      (answer, promql, isMine) => ({
        ...answer,
        promql,
        series: isMine(answer.series),
      }),
      ({ series }) =>
        bytesOf(
          series,
          series.reduce((sum, { values }) => sum + values.length, 0),
        ),
      () => this.#ranges.delete(key),
    );
    this.#ranges.set(key, desk);
    return desk;
  }
}

/** Of a number and its time in an answer, about. */
const BYTES_OF_A_VALUE = 25;

/** What series weigh in an answer, about: one series' labels are much as another's. */
function bytesOf(
  rows: readonly { labels: Record<string, string> }[],
  values: number,
): number {
  const ofOne =
    rows.length > 0 ? JSON.stringify(rows[rows.length - 1].labels).length : 0;
  return rows.length * ofOne + values * BYTES_OF_A_VALUE;
}
