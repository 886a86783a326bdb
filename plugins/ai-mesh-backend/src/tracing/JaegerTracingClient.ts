import type { TracingSettings } from '../config/settings';
import { AnswerCache } from '../prometheus/AnswerCache';
import { SourceError } from '../target/SourceError';
import { workloadTags } from './attributes';
import { inOrder } from './inOrder';
import type { JaegerApi, Tags } from './JaegerApi';
import { jaegerV1 } from './jaegerV1';
import { jaegerV3 } from './jaegerV3';
import { namesToAsk, type Guess } from './namesToAsk';
import { traceUrl } from './traceUrl';
import type { FoundTraces, TraceSearch, TracingClient } from './TracingClient';
import { isAbsent, TracingHttp } from './TracingHttp';

/** An entity of many names must not ask without end. */
const MOST_NAMES = 4;
/** How many services are asked whether a workload reports as them. */
const MOST_ASKED = 24;
const AT_A_TIME = 4;
/** What a workload calls itself changes with its releases. */
const KEEP_GUESSES_MS = 300_000;

/**
 * Jaeger's query API, and what imitates it (Tempo by its tempo-query). The API of Jaeger's own pages, which both of its
 * lines have, is asked first; where only the public one of the second line (`/api/v3`) is served, that is.
 */
export class JaegerTracingClient implements TracingClient {
  readonly #http: TracingHttp;
  readonly #traceUrl: string | undefined;
  readonly #services: AnswerCache<{
    names: string[];
    observedAt: Date;
    api: JaegerApi;
  }>;
  readonly #searches: AnswerCache<FoundTraces>;
  readonly #guesses: AnswerCache<{ right: Guess[]; unasked: number }>;

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
    this.#guesses = new AnswerCache(
      settings.cacheTtlMs && KEEP_GUESSES_MS,
      ({ right }) => right.length,
    );
  }

  async services(): Promise<{
    names: string[];
    observedAt: Date;
    api: JaegerApi;
  }> {
    return this.#services.get('services', async signal => {
      const first = await this.#http.send('services', {}, signal);
      const api = isAbsent(first) ? jaegerV3 : jaegerV1;
      const names =
        api === jaegerV1
          ? await api.readServices(this.#http, first)
          : await api.readServices(
              this.#http,
              await this.#http.send('v3/services', {}, signal),
            );
      return { names, api, observedAt: new Date() };
    });
  }

  /**
   * Jaeger looks for spans of one service, whose name it has to be told: those that Istio's proxies report as, and those
   * as which a workload is seen to report.
   */
  async find(search: TraceSearch): Promise<FoundTraces> {
    const { names: all, api } = await this.services();
    const present = new Set(all);
    const known = [...new Set(search.of.names)].filter(name =>
      present.has(name),
    );
    const names = known.slice(0, MOST_NAMES);
    const { right, unasked } = await this.#reportedBy(api, all, search, {
      required: names.length === 0,
    });
    const found = await Promise.all([
      ...names.map(name => this.#findOne(api, name, search)),
      ...right.map(({ name, workload }) =>
        this.#findOne(api, name, search, workloadTags(workload)),
      ),
    ]);
    const traces = new Map(
      found
        .flatMap(one => one.traces)
        .filter(({ spans }) => spans.length > 0)
        .map(trace => [trace.traceId, trace]),
    );
    return {
      traces: [...traces.values()],
      names: [...new Set([...names, ...right.map(({ name }) => name)])],
      ...(unasked > 0 && { unasked }),
      complete:
        names.length === known.length &&
        found.every(({ complete }) => complete),
      observedAt: new Date(
        Math.min(
          Date.now(),
          ...found.map(({ observedAt }) => observedAt.getTime()),
        ),
      ),
    };
  }

  /** Services as which the workloads report, by one trace of each. */
  async #reportedBy(
    api: JaegerApi,
    all: readonly string[],
    search: TraceSearch,
    { required }: { required: boolean },
  ): Promise<{ right: Guess[]; unasked: number }> {
    const guesses = namesToAsk(all, search.of);
    if (guesses.length === 0) {
      return { right: [], unasked: 0 };
    }
    const { start, end, of, wanted } = search;
    const length = end.getTime() - start.getTime();
    try {
      return await this.#guesses.get(
        JSON.stringify([guesses, length]),
        async () => {
          const asked = guesses.slice(0, MOST_ASKED);
          const answers = await inOrder(
            asked,
            AT_A_TIME,
            async ({ name, workload }) => {
              const { traces } = await this.#findOne(
                api,
                name,
                { start, end, of, wanted, limit: 1 },
                workloadTags(workload),
              );
              return traces.length > 0;
            },
          );
          return {
            right: asked.filter((_, index) => answers[index]),
            unasked: guesses.length - asked.length,
          };
        },
      );
    } catch (error) {
      if (required || !(error instanceof SourceError)) {
        throw error;
      }
      // What Istio's proxies reported is there all the same.
      return { right: [], unasked: guesses.length };
    }
  }

  async #findOne(
    api: JaegerApi,
    service: string,
    search: TraceSearch,
    by?: Tags,
  ): Promise<FoundTraces> {
    const query = api.query(service, search, by);
    return this.#searches.get(JSON.stringify(query), async signal => {
      const answer = await this.#http.send(api.searchPath, query, signal);
      const traces = await api.readTraces(
        this.#http,
        answer,
        service,
        search,
        by,
      );
      return {
        ...traces,
        names: [service],
        observedAt: new Date(),
      };
    });
  }

  urlOf(traceId: string): string | undefined {
    return traceUrl(this.#traceUrl, traceId);
  }
}
