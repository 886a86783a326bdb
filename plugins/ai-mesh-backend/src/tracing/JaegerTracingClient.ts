import type { z } from 'zod';
import type { TracingSettings } from '../config/settings';
import { AnswerCache } from '../prometheus/AnswerCache';
import { JaegerHttp } from './JaegerHttp';
import {
  jaegerAnswerSchema,
  jaegerServicesSchema,
  jaegerTracesSchema,
} from './jaegerSchema';
import type { FoundTraces, TraceSearch, TracingClient } from './TracingClient';

/** Searches that come shortly after one another are the same one. */
const ALIGN_MS = 10_000;

/** Jaeger's query API, and what imitates it (Tempo by its tempo-query). */
export class JaegerTracingClient implements TracingClient {
  readonly #http: JaegerHttp;
  readonly #traceUrl: string | undefined;
  readonly #services: AnswerCache<{ names: string[]; observedAt: Date }>;
  readonly #searches: AnswerCache<FoundTraces>;

  constructor(options: { cluster: string; settings: TracingSettings }) {
    const { cluster, settings } = options;
    this.#http = new JaegerHttp(cluster, settings);
    this.#traceUrl = settings.traceUrl;
    this.#services = new AnswerCache(settings.cacheTtlMs);
    this.#searches = new AnswerCache(settings.cacheTtlMs);
  }

  async services(): Promise<{ names: string[]; observedAt: Date }> {
    return this.#services.get('services', async signal => {
      const json = await this.#http.get('services', {}, signal);
      return {
        names: this.#read(jaegerServicesSchema, json),
        observedAt: new Date(),
      };
    });
  }

  async find(search: TraceSearch): Promise<FoundTraces> {
    const query = queryOf(search);
    return this.#searches.get(JSON.stringify(query), async signal => {
      const json = await this.#http.get('traces', query, signal);
      return {
        traces: this.#read(jaegerTracesSchema, json),
        observedAt: new Date(),
      };
    });
  }

  urlOf(traceId: string): string | undefined {
    return this.#traceUrl?.replaceAll('{traceId}', encodeURIComponent(traceId));
  }

  #read<T extends z.ZodType>(schema: T, json: unknown): z.output<T> {
    const answer = jaegerAnswerSchema.safeParse(json);
    const [error] = answer.data?.errors ?? [];
    if (error) {
      throw this.#http.error(
        'source-unreachable',
        `could not answer the search: ${error.msg}`,
      );
    }
    const parsed = answer.success
      ? schema.safeParse(answer.data.data)
      : { success: false as const, error: answer.error };
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join('.') || 'its whole';
      throw this.#http.error(
        'source-unreachable',
        `answered with JSON that is not in Jaeger's format (at ${where}). Check that tracing.url leads to Jaeger's query API; Tempo's own API is another.`,
      );
    }
    return parsed.data;
  }
}

function queryOf({
  service,
  tags,
  minDurationMs,
  start,
  end,
  limit,
}: TraceSearch): Record<string, string> {
  const micros = (date: Date) =>
    String(Math.floor(date.getTime() / ALIGN_MS) * ALIGN_MS * 1000);
  return {
    service,
    ...(tags && { tags: JSON.stringify(tags) }),
    ...(minDurationMs !== undefined && {
      minDuration: `${Math.round(minDurationMs * 1000)}us`,
    }),
    start: micros(start),
    // The present second belongs to the window.
    end: String(Number(micros(end)) + ALIGN_MS * 1000),
    limit: String(limit),
  };
}
