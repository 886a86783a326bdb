import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { LRUCache } from 'lru-cache';
import type { PrometheusSettings } from '../config/settings';
import { placeInAnswer } from '../target/placeInAnswer';
import { wordingWith } from '../worded';
import { AnswerCache, type KeptAnswers } from './AnswerCache';
import { answerSchema } from './answerSchema';
import { withExtraLabels } from './extraLabels';
import type {
  InstantResult,
  PrometheusClient,
  QueryOptions,
  RangeResult,
} from './PrometheusClient';
import { PrometheusHttp } from './PrometheusHttp';
import { NotInFormat, readInstant, readRange } from './readResult';

/** Characters of queries that are kept as they are sent: growing their trees anew took some milliseconds of each view. */
const MOST_KEPT = 2_000_000;

interface Answer {
  /** `data` of Prometheus' answer, not read yet. */
  data: unknown;
  warnings: string[];
  infos: string[];
  observedAt: Date;
}

/** Prometheus' HTTP API, and that of what imitates it. */
export class HttpPrometheusClient implements PrometheusClient {
  readonly #http: PrometheusHttp;
  readonly extraLabels: Readonly<Record<string, string>>;
  readonly series: string;
  readonly asksAnew: boolean;
  readonly #instants: AnswerCache<InstantResult>;
  readonly #ranges: AnswerCache<RangeResult>;
  /** Queries as they are sent, by those that were asked. */
  readonly #sent = new LRUCache<string, string>({
    maxSize: MOST_KEPT,
    sizeCalculation: (sent, asked) => sent.length + asked.length,
    memoMethod: asked => withExtraLabels(asked, this.extraLabels),
  });

  constructor(options: { cluster: string; settings: PrometheusSettings }) {
    const { cluster, settings } = options;
    this.#http = new PrometheusHttp(cluster, settings);
    this.extraLabels = settings.extraLabels;
    this.asksAnew = settings.cacheTtlMs === 0;
    this.series = JSON.stringify([
      settings.url,
      settings.tenant ?? settings.headers['X-Scope-OrgID'] ?? '',
      Object.entries(settings.extraLabels).sort(),
    ]);
    this.#instants = new AnswerCache(
      settings.cacheTtlMs,
      ({ samples }) => samples.length,
    );
    this.#ranges = new AnswerCache(settings.cacheTtlMs, ({ series }) =>
      series.reduce((sum, { values }) => sum + values.length, 0),
    );
  }

  /** What is kept in memory of answers: of moments, and of histories. */
  get kept(): { instants: KeptAnswers; ranges: KeptAnswers } {
    return { instants: this.#instants.kept, ranges: this.#ranges.kept };
  }

  async query(
    promql: string,
    options: QueryOptions = {},
  ): Promise<InstantResult> {
    const { at, mostBytes, ...kept } = options;
    const moment = at && { time: String(Math.floor(at.getTime() / 1000)) };
    return this.#instants.get(
      JSON.stringify([promql, moment]),
      async signal => {
        const sent = this.#sent.memo(promql);
        const answer = await this.#ask(
          'query',
          { query: sent, ...moment },
          { signal, mostBytes },
        );
        const { data, ...rest } = answer;
        const { samples, histograms } = await this.#read(readInstant, data);
        return {
          promql: sent,
          samples,
          ...(histograms.length > 0 && { histograms }),
          ...rest,
        };
      },
      kept,
    );
  }

  /** `start` and `end` are moved back to multiples of the step, so that who asks a second later gets the same points. */
  async queryRange(
    promql: string,
    range: { start: Date; end: Date; stepSeconds: number },
    { mostBytes, ...kept }: QueryOptions = {},
  ): Promise<RangeResult> {
    const { stepSeconds } = range;
    const align = (date: Date) =>
      Math.floor(date.getTime() / 1000 / stepSeconds) * stepSeconds;
    const form = {
      start: String(align(range.start)),
      end: String(align(range.end)),
      step: String(stepSeconds),
    };
    return this.#ranges.get(
      JSON.stringify([promql, form]),
      async signal => {
        const query = this.#sent.memo(promql);
        const answer = await this.#ask(
          'query_range',
          { query, ...form },
          { signal, mostBytes },
        );
        const { data, ...rest } = answer;
        const series = await this.#read(readRange, data);
        return { promql: query, series, ...rest };
      },
      kept,
    );
  }

  async #ask(
    path: 'query' | 'query_range',
    form: Record<string, string>,
    options: { signal: AbortSignal; mostBytes?: number },
  ): Promise<Answer> {
    const json = await this.#http.post(path, form, options);
    const parsed = answerSchema.safeParse(json);
    if (!parsed.success) {
      throw this.#notInFormat(placeInAnswer(parsed.error));
    }
    const answer = parsed.data;
    if (answer.status === 'error') {
      const said = answer.error ?? answer.errorType;
      throw this.#http.error(
        'source-unreachable',
        said === undefined
          ? wording('source.queryUnsaid')
          : wording('source.queryFailed', { text: said }),
      );
    }
    const { data, warnings, infos } = answer;
    return { data, warnings, infos, observedAt: new Date() };
  }

  async #read<T>(
    read: (data: unknown) => Promise<T>,
    data: unknown,
  ): Promise<T> {
    try {
      return await read(data);
    } catch (error) {
      throw error instanceof NotInFormat
        ? this.#notInFormat(error.message)
        : error;
    }
  }

  #notInFormat(at: Words | string): Error {
    return this.#http.error(
      'source-unreachable',
      wordingWith('source.notPrometheus', { at }),
    );
  }
}
