import type { PrometheusSettings } from '../config/settings';
import { credentials } from '../target/credentials';
import type { SourceError } from '../target/SourceError';
import { SourceHttp } from '../target/SourceHttp';
import { explainRefusal } from './explainRefusal';

/** Posts to one Prometheus' HTTP API and gives the body's JSON, whatever it holds. */
export class PrometheusHttp {
  readonly #settings: PrometheusSettings;
  readonly #headers: Record<string, string>;
  readonly #http: SourceHttp;

  constructor(cluster: string, settings: PrometheusSettings) {
    const { headers, secrets } = credentials(settings);
    this.#settings = settings;
    this.#headers = {
      ...headers,
      Accept: 'application/json',
      'Content-Type': 'application/x-www-form-urlencoded',
    };
    this.#http = new SourceHttp({
      subject: `Prometheus of the cluster '${cluster}' (${settings.url})`,
      key: 'prometheus',
      cluster,
      timeoutMs: settings.timeoutMs,
      tls: settings.tls,
      queue: settings.queue,
      secrets,
      advice: {
        tooLarge:
          'Its series may have labels of too many values; drop those or ask for less.',
        late: 'Look at its load',
      },
    });
  }

  /**
   * @param path - `query` or `query_range`
   * @throws SourceError where there is no JSON; the reason of `signal` where that was aborted
   */
  async post(
    path: 'query' | 'query_range',
    form: Record<string, string>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const { url, timeoutMs } = this.#settings;
    const answer = await this.#http.send(`${url}/api/v1/${path}`, {
      method: 'POST',
      headers: this.#headers,
      body: new URLSearchParams({ ...form, timeout: `${timeoutMs}ms` }),
      signal,
    });
    const refusal = explainRefusal(answer, answer.body);
    if (refusal) {
      throw this.error(refusal.reason, refusal.message);
    }
    return this.#http.parse(answer.body);
  }

  /** An error that names this Prometheus and holds none of its credentials. */
  error(reason: SourceError['reason'], message: string): SourceError {
    return this.#http.error(reason, message);
  }
}
