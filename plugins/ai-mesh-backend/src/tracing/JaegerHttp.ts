import type { TracingSettings } from '../config/settings';
import { credentials } from '../target/credentials';
import type { SourceError } from '../target/SourceError';
import { SourceHttp } from '../target/SourceHttp';
import { explainTracingRefusal } from './explainTracingRefusal';

/** Gets JSON of one server of Jaeger's query API. */
export class JaegerHttp {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly #http: SourceHttp;

  constructor(cluster: string, settings: TracingSettings) {
    const { headers, secrets } = credentials(settings);
    this.#url = settings.url;
    this.#headers = { ...headers, Accept: 'application/json' };
    this.#http = new SourceHttp({
      subject: `The tracing system of the cluster '${cluster}' (${settings.url})`,
      key: 'tracing',
      timeoutMs: settings.timeoutMs,
      tls: settings.tls,
      secrets,
      advice: {
        tooLarge: 'Ask for a shorter window.',
        late: 'Ask for a shorter window',
      },
    });
  }

  /**
   * @param path - below `/api/`
   * @throws SourceError where there is no JSON; the reason of `signal` where that was aborted
   */
  async get(
    path: string,
    query: Record<string, string>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const answer = await this.#http.send(
      `${this.#url}/api/${path}?${new URLSearchParams(query)}`,
      { headers: this.#headers, signal },
    );
    const refusal = explainTracingRefusal(answer, answer.body);
    if (refusal) {
      throw this.error(refusal.reason, refusal.message);
    }
    return this.#http.parse(answer.body);
  }

  /** An error that names this server and holds none of its credentials. */
  error(reason: SourceError['reason'], message: string): SourceError {
    return this.#http.error(reason, message);
  }
}
