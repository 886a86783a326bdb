import type { TracingSettings } from '../config/settings';
import { within } from '../within';
import type { TraceSearch, TracingClient } from './TracingClient';
import { TracingHttp } from './TracingHttp';

/**
 * Waits for the answer to a question no longer than for one request, however many requests it takes: a server that is slow
 * at each of them, or hangs at the later ones, is waited for once. What comes later is kept for whoever asks next.
 */
export class PatientTracingClient implements TracingClient {
  readonly #client: TracingClient;
  readonly #timeoutMs: number;
  readonly #http: TracingHttp;

  constructor(
    client: TracingClient,
    { cluster, settings }: { cluster: string; settings: TracingSettings },
  ) {
    this.#client = client;
    this.#timeoutMs = settings.timeoutMs;
    this.#http = new TracingHttp(cluster, settings);
  }

  async services(window: { start: Date; end: Date }) {
    return this.#inTime(this.#client.services(window));
  }

  async find(search: TraceSearch) {
    return this.#inTime(this.#client.find(search));
  }

  urlOf(traceId: string): string | undefined {
    return this.#client.urlOf(traceId);
  }

  #inTime<T>(work: Promise<T>): Promise<T> {
    return within(this.#timeoutMs, work, () => this.#http.late());
  }
}
