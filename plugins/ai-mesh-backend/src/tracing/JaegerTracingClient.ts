import type { TracingSettings } from '../config/settings';
import { AnswerCache } from '../prometheus/AnswerCache';
import type { JaegerApi } from './JaegerApi';
import { jaegerV1 } from './jaegerV1';
import { jaegerV3 } from './jaegerV3';
import { traceUrl } from './traceUrl';
import type { FoundTraces, TraceSearch, TracingClient } from './TracingClient';
import { isAbsent, TracingHttp } from './TracingHttp';

/** An entity of many names must not ask without end. */
const MOST_NAMES = 4;

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

  constructor(options: { cluster: string; settings: TracingSettings }) {
    const { cluster, settings } = options;
    this.#http = new TracingHttp(cluster, settings);
    this.#traceUrl = settings.traceUrl;
    this.#services = new AnswerCache(settings.cacheTtlMs);
    this.#searches = new AnswerCache(settings.cacheTtlMs);
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
          ? api.readServices(this.#http, first)
          : api.readServices(
              this.#http,
              await this.#http.send('v3/services', {}, signal),
            );
      return { names, api, observedAt: new Date() };
    });
  }

  /** Jaeger looks for spans of one service, whose name it has to be told. */
  async find(search: TraceSearch): Promise<FoundTraces> {
    const { names: all, api } = await this.services();
    const present = new Set(all);
    const names = [...new Set(search.of.names)]
      .filter(name => present.has(name))
      .slice(0, MOST_NAMES);
    const found = await Promise.all(
      names.map(name => this.#findOne(api, name, search)),
    );
    const traces = new Map(
      found
        .flatMap(one => one.traces)
        .filter(({ spans }) => spans.length > 0)
        .map(trace => [trace.traceId, trace]),
    );
    return {
      traces: [...traces.values()],
      names,
      complete: found.every(({ complete }) => complete),
      observedAt: new Date(
        Math.min(
          Date.now(),
          ...found.map(({ observedAt }) => observedAt.getTime()),
        ),
      ),
    };
  }

  async #findOne(
    api: JaegerApi,
    service: string,
    search: TraceSearch,
  ): Promise<FoundTraces> {
    const query = api.query(service, search);
    return this.#searches.get(JSON.stringify(query), async signal => {
      const answer = await this.#http.send(api.searchPath, query, signal);
      const traces = api.readTraces(this.#http, answer, service, search);
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
