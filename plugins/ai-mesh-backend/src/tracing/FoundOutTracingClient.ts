import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { TracingSettings } from '../config/settings';
import { SharedCalls } from '../prometheus/SharedCalls';
import { JaegerTracingClient } from './JaegerTracingClient';
import { TempoTracingClient } from './TempoTracingClient';
import { traceUrl } from './traceUrl';
import type { FoundTraces, TraceSearch, TracingClient } from './TracingClient';
import { TracingHttp } from './TracingHttp';

type Options = { cluster: string; settings: TracingSettings };

/** Asks the server itself what it is, once, before the first search. */
export class FoundOutTracingClient implements TracingClient {
  readonly #options: Options;
  readonly #http: TracingHttp;
  readonly #probes = new SharedCalls<TracingClient>();
  #client: TracingClient | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#http = new TracingHttp(options.cluster, options.settings);
  }

  async services(window: { start: Date; end: Date }) {
    return (await this.#found()).services(window);
  }

  async find(search: TraceSearch): Promise<FoundTraces> {
    return (await this.#found()).find(search);
  }

  urlOf(traceId: string): string | undefined {
    return traceUrl(this.#options.settings.traceUrl, traceId);
  }

  async #found(): Promise<TracingClient> {
    this.#client ??= await this.#probes.run('type', signal =>
      this.#probe(signal),
    );
    return this.#client;
  }

  /**
   * Jaeger's list of services, which Tempo does not have; then Tempo's echo; then the list of a Jaeger that only has its
   * public API.
   */
  async #probe(signal: AbortSignal): Promise<TracingClient> {
    const first = await this.#http.send('services', {}, signal);
    if (isRefusal(first)) {
      // It says nothing of what it is, and is asked again.
      await this.#http.read(first);
    }
    if (first.status === 200 && isObject(first.body)) {
      return new JaegerTracingClient(this.#options);
    }
    const echo = await this.#http.send('echo', {}, signal);
    if (echo.status === 200 && echo.body.trim() === 'echo') {
      return new TempoTracingClient(this.#options);
    }
    const public3 = await this.#http.send('v3/services', {}, signal);
    if (public3.status === 200 && isObject(public3.body)) {
      return new JaegerTracingClient(this.#options);
    }
    await this.#http.read(first);
    throw this.#http.error('source-unreachable', wording('source.neither'));
  }
}

function isRefusal({ status }: { status: number }): boolean {
  return status === 401 || status === 403 || status === 429 || status >= 500;
}

function isObject(body: string): boolean {
  return /^\s*\{/.test(body);
}
