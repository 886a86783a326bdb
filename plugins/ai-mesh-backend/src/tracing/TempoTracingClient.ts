import type { z } from 'zod';
import type { TracingSettings } from '../config/settings';
import { AnswerCache } from '../prometheus/AnswerCache';
import { placeInAnswer } from '../target/placeInAnswer';
import { SourceError } from '../target/SourceError';
import { wordingWith } from '../worded';
import { alignedSeconds } from './alignedWindow';
import { inOrder } from './inOrder';
import { namesOf } from './isOfService';
import {
  tempoSearchSchema,
  tempoTraceSchema,
  tempoValuesSchema,
  type TempoHit,
} from './tempoSchema';
import { traceql } from './traceql';
import { traceUrl } from './traceUrl';
import type {
  FoundTrace,
  FoundTraces,
  TraceSearch,
  TracingClient,
} from './TracingClient';
import { isAbsent, TracingHttp } from './TracingHttp';

/** Of each trace as many spans of the service are looked at to tell how long it took. */
const SPANS_A_HIT = 20;
/** So many whole traces are asked for at a time. */
const AT_A_TIME = 4;

const order = {
  duration: (a: TempoHit, b: TempoHit) => b.longestMs - a.longestMs,
  start: (a: TempoHit, b: TempoHit) => b.startedAtMs - a.startedAtMs,
};

/**
 * Tempo by its own API: a TraceQL search, then the traces that are wanted, each as OTLP. The second version of an
 * endpoint is asked first; an older Tempo has only the first.
 *
 * @see https://grafana.com/docs/tempo/latest/api_docs/
 */
export class TempoTracingClient implements TracingClient {
  readonly #http: TracingHttp;
  readonly #traceUrl: string | undefined;
  readonly #services: AnswerCache<{ names: string[]; observedAt: Date }>;
  readonly #searches: AnswerCache<FoundTraces>;

  constructor(options: { cluster: string; settings: TracingSettings }) {
    const { cluster, settings } = options;
    this.#http = new TracingHttp(cluster, settings);
    this.#traceUrl = settings.traceUrl;
    this.#services = new AnswerCache(
      settings.cacheTtlMs,
      ({ names }) => names.length,
    );
    this.#searches = new AnswerCache(settings.cacheTtlMs, ({ traces }) =>
      traces.reduce((sum, { spans }) => sum + spans.length, 0),
    );
  }

  async services(window: {
    start: Date;
    end: Date;
  }): Promise<{ names: string[]; observedAt: Date }> {
    const query = alignedSeconds(window);
    return this.#services.get(JSON.stringify(query), async signal => {
      const json = await this.#newest(
        [
          'v2/search/tag/resource.service.name/values',
          'search/tag/service.name/values',
        ],
        query,
        signal,
      );
      return {
        names: await this.#read(tempoValuesSchema, json),
        observedAt: new Date(),
      };
    });
  }

  async find(search: TraceSearch): Promise<FoundTraces> {
    const q = traceql(search);
    if (q === undefined) {
      return { traces: [], names: [], complete: true, observedAt: new Date() };
    }
    const query = {
      q,
      ...alignedSeconds(search),
      limit: String(search.limit),
      spss: String(SPANS_A_HIT),
    };
    const key = JSON.stringify([query, search.wanted]);
    return this.#searches.get(key, async signal => {
      const hits = await this.#read(
        tempoSearchSchema,
        await this.#http.get('search', query, signal),
      );
      const wanted = hits.sort(order[search.wanted.by]);
      const read = await this.#traces(
        wanted.slice(0, search.wanted.most),
        signal,
      );
      const traces = read.flatMap(one => one ?? []);
      return {
        traces,
        names: namesOf(search.of, traces),
        complete: hits.length < search.limit && !read.includes(undefined),
        observedAt: new Date(),
      };
    });
  }

  urlOf(traceId: string): string | undefined {
    return traceUrl(this.#traceUrl, traceId);
  }

  /** Whole traces; one that cannot be read is undefined, and an error only where that holds for all. */
  async #traces(
    hits: readonly TempoHit[],
    signal: AbortSignal,
  ): Promise<(FoundTrace | undefined)[]> {
    const failures: SourceError[] = [];
    const traces = await inOrder(hits, AT_A_TIME, async ({ traceId }) => {
      try {
        return await this.#trace(traceId, signal);
      } catch (error) {
        if (!(error instanceof SourceError)) {
          throw error;
        }
        failures.push(error);
        return undefined;
      }
    });
    if (failures.length > 0 && failures.length === hits.length) {
      throw failures[0];
    }
    return traces;
  }

  /** Undefined where it is gone: what was found a moment ago may have been compacted away. */
  async #trace(
    traceId: string,
    signal: AbortSignal,
  ): Promise<FoundTrace | undefined> {
    const id = encodeURIComponent(traceId);
    const json = await this.#newest(
      [`v2/traces/${id}`, `traces/${id}`],
      {},
      signal,
      { orNothing: true },
    );
    const traces = await this.#read(tempoTraceSchema, json);
    const spans = traces.flatMap(trace => trace.spans);
    return spans.length > 0 ? { traceId, spans } : undefined;
  }

  /** The answer of the first of some paths that the server has, newest first. */
  async #newest(
    paths: readonly string[],
    query: Record<string, string>,
    signal: AbortSignal,
    { orNothing = false } = {},
  ): Promise<unknown> {
    for (const path of paths.slice(0, -1)) {
      const answer = await this.#http.send(path, query, signal);
      if (!isAbsent(answer)) {
        return this.#http.read(answer);
      }
    }
    const last = await this.#http.send(paths.at(-1)!, query, signal);
    return orNothing && last.status === 404 ? {} : this.#http.read(last);
  }

  async #read<T extends z.ZodType>(
    schema: T,
    json: unknown,
  ): Promise<z.output<T>> {
    const parsed = await schema.safeParseAsync(json);
    if (!parsed.success) {
      throw this.#http.error(
        'source-unreachable',
        wordingWith('source.notTempo', { at: placeInAnswer(parsed.error) }),
      );
    }
    return parsed.data;
  }
}
