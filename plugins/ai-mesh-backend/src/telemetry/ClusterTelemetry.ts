import type { Remark } from './Remark';
import {
  known,
  unknown,
  allSaid,
  said,
  wording,
  type Measured,
  type QueryTrace,
  type Source,
  type Sentences,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { NATIVE_BUCKETS } from '../prometheus/classicBuckets';
import type {
  InstantResult,
  PrometheusClient,
  QueryOptions,
  RangeSeries,
} from '../prometheus/PrometheusClient';
import type { Expr } from '../prometheus/promql';
import { inTurns } from '../target/inTurns';
import { SourceError } from '../target/SourceError';
import { MOST_POINTS, MOST_SERIES, type AnswerLimits } from './answerLimits';
import { rateRows, type RateRow } from './RateRow';
import { shortened } from '../shortened';

/** Of a query that a person may want to repeat; two hundred objectives make questions that nobody does. */
const LONGEST_SHOWN = 20_000;

/** What every kind of answer says of itself. */
type Answered = Pick<InstantResult, 'promql' | 'warnings' | 'observedAt'>;

/**
 * One answer's questions to one cluster's Prometheus. A question that fails makes its own values unknown and nothing
 * else; what was asked and how it went is kept for the answer's `queries` and `sources`.
 */
export class ClusterTelemetry {
  readonly #cluster: string;
  readonly #limits: AnswerLimits;
  readonly #prometheus: PrometheusClient | undefined;
  readonly #queries: QueryTrace[] = [];
  readonly #failures: SourceError[] = [];
  readonly #remarks: Sentences[] = [];
  #observedAt: Date | undefined;
  /** A server that hangs is waited for once in an answer, not once for each of its questions. */
  #late: SourceError | undefined;

  constructor(
    cluster: { name: string; prometheus?: PrometheusClient },
    limits: AnswerLimits = {},
  ) {
    this.#limits = limits;
    this.#cluster = cluster.name;
    this.#prometheus = cluster.prometheus;
  }

  /**
   * The rows of an instant query, or why there are none. Without an expression (there is nothing to ask for) no query
   * runs and the answer is empty.
   */
  async rates(
    id: QueryTrace['id'],
    expression: Expr | undefined,
    options?: QueryOptions,
  ): Promise<Measured<RateRow[]>> {
    return this.#ask(
      id,
      expression,
      (prometheus, promql) => prometheus.query(promql, this.#limited(options)),
      ({ samples, histograms = [] }) =>
        this.#refuseManySeries(
          samples.length + histograms.length * NATIVE_BUCKETS,
        ),
      rateRows,
    );
  }

  /** As {@link rates}, over time: the series of a range query, oldest value first. */
  async series(
    id: QueryTrace['id'],
    expression: Expr | undefined,
    range: { start: Date; end: Date; stepSeconds: number },
    options?: QueryOptions,
  ): Promise<Measured<RangeSeries[]>> {
    return this.#ask(
      id,
      expression,
      (prometheus, promql) =>
        prometheus.queryRange(promql, range, this.#limited(options)),
      ({ series }) => {
        this.#refuseManySeries(series.length);
        this.#refuseMany(
          series.reduce((sum, { values }) => sum + values.length, 0),
          this.#limits.mostPoints ?? MOST_POINTS,
          'source.points',
        );
      },
      result => result.series,
    );
  }

  /** Says of the answers something that every reader of their figures has to know. */
  remark(remark: Remark): void {
    if (remark?.message !== undefined) {
      this.#remarks.push({ message: remark.message, words: remark.words });
    }
  }

  /** Counts what was asked for everybody as asked for this answer, which is as old as that. */
  include({ observedAt }: Source, queries: readonly QueryTrace[]): void {
    this.#queries.push(...queries);
    if (observedAt !== undefined) {
      this.#observe(new Date(observedAt));
    }
  }

  /** {@link rates} of several questions, as one answer: unknown where one of them is. */
  async allRates(
    id: QueryTrace['id'],
    expressions: readonly Expr[],
    options?: QueryOptions,
  ): Promise<Measured<RateRow[]>> {
    return together(
      await Promise.all(
        atLeastOne(expressions).map(one => this.rates(id, one, options)),
      ),
    );
  }

  /** {@link series} of several questions, as one answer: unknown where one of them is. */
  async allSeries(
    id: QueryTrace['id'],
    expressions: readonly Expr[],
    range: { start: Date; end: Date; stepSeconds: number },
  ): Promise<Measured<RangeSeries[]>> {
    return together(
      await Promise.all(
        atLeastOne(expressions).map(one => this.series(id, one, range)),
      ),
    );
  }

  async #ask<R extends Answered, T>(
    id: QueryTrace['id'],
    expression: Expr | undefined,
    run: (prometheus: PrometheusClient, promql: Expr) => Promise<R>,
    refuse: (result: R) => void,
    read: (result: R) => T[],
  ): Promise<Measured<T[]>> {
    if (!this.#prometheus) {
      return unknown('not-configured', [this.#notConfigured()]);
    }
    if (!expression) {
      return known([]);
    }
    if (this.#late) {
      return unknown(this.#late.reason, this.#late.why);
    }
    let result: R;
    try {
      result = await run(this.#prometheus, expression);
      refuse(result);
    } catch (error) {
      if (!(error instanceof SourceError)) {
        throw error;
      }
      this.#failures.push(error);
      if (error.isLate) {
        this.#late = error;
      }
      return unknown(error.reason, error.why);
    }
    this.#queries.push({
      id,
      cluster: this.#cluster,
      promql: shortened(result.promql, LONGEST_SHOWN),
      warnings: result.warnings,
    });
    this.#observe(result.observedAt);
    // What is made of one answer is made before anybody looks at the next.
    await inTurns();
    return known(read(result));
  }

  /** An answer is as old as its oldest part. */
  #observe(at: Date): void {
    if (!this.#observedAt || at < this.#observedAt) {
      this.#observedAt = at;
    }
  }

  #limited(options: QueryOptions | undefined): QueryOptions | undefined {
    const { mostBytes } = this.#limits;
    return mostBytes === undefined ? options : { ...options, mostBytes };
  }

  #refuseManySeries(count: number): void {
    const { mostSeries = MOST_SERIES } = this.#limits;
    this.#refuseMany(count, mostSeries, 'source.series');
  }

  #refuseMany(length: number, most: number, what: TextKey): void {
    if (length > most) {
      throw new SourceError('source-unreachable', [
        wording(
          'source.tooMuch',
          { cluster: this.#cluster, count: length, most },
          { what },
        ),
      ]);
    }
  }

  /** Whether the server was waited for in vain. */
  get isLate(): boolean {
    return this.#late !== undefined;
  }

  /** The queries that were answered, in order. */
  get queries(): readonly QueryTrace[] {
    return this.#queries;
  }

  /** How Prometheus did, over all questions so far. */
  get source(): Source {
    const row = { name: 'prometheus' as const, cluster: this.#cluster };
    if (!this.#prometheus) {
      return {
        ...row,
        status: 'not-configured',
        ...said(this.#notConfigured()),
      };
    }
    const observedAt = this.#observedAt && {
      observedAt: this.#observedAt.toISOString(),
    };
    const message = allSaid(
      ...this.#failures.map(({ sentences }) => sentences),
      ...this.#queries.flatMap(({ warnings }) =>
        warnings.map(warning => ({ message: warning })),
      ),
      ...this.#remarks,
    );
    if (this.#failures.length > 0 && this.#queries.length === 0) {
      return {
        ...row,
        status:
          this.#failures[0].reason === 'forbidden'
            ? 'forbidden'
            : 'unreachable',
        ...message,
      };
    }
    return {
      ...row,
      status: message ? 'partial' : 'ok',
      ...observedAt,
      ...message,
    };
  }

  #notConfigured(): Words {
    return wording('source.noneConfigured', { cluster: this.#cluster });
  }
}

/** Without a question there may still be no Prometheus to say so. */
function atLeastOne(expressions: readonly Expr[]): (Expr | undefined)[] {
  return expressions.length > 0 ? [...expressions] : [undefined];
}

function together<T>(answers: readonly Measured<T[]>[]): Measured<T[]> {
  const all: T[] = [];
  for (const answer of answers) {
    if (answer.status === 'unknown') {
      return answer;
    }
    for (const one of answer.value) {
      all.push(one);
    }
  }
  return known(all);
}
