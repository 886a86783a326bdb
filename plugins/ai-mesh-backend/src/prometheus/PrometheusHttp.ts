import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { PrometheusSettings } from '../config/settings';
import { credentials } from '../target/credentials';
import type { SourceError } from '../target/SourceError';
import { inTurns } from '../target/inTurns';
import { hasLongerText } from '../target/isDeeperThan';
import { SourceHttp } from '../target/SourceHttp';
import { explainRefusal } from './explainRefusal';

/**
 * Of a label, its name or its value: far more than anybody's, and what is made of a series costs as much as they are long.
 * Mimir, for one, takes values of 2,048 (`max_label_value_length`).
 */
const LONGEST_TEXT = 16_000;

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
      subject: wording('source.prometheus', { cluster, url: settings.url }),
      key: 'prometheus',
      cluster,
      timeoutMs: settings.timeoutMs,
      tls: settings.tls,
      queue: settings.queue,
      secrets,
      advice: {
        tooLarge: 'source.manySeries',
        late: 'source.load',
      },
    });
  }

  /**
   * @param path - `query` or `query_range`
   * @param options - `mostBytes`: what the answer may weigh, where it is not as any other
   * @throws SourceError where there is no JSON; the reason of `signal` where that was aborted
   */
  async post(
    path: 'query' | 'query_range',
    form: Record<string, string>,
    options: { signal: AbortSignal; mostBytes?: number },
  ): Promise<unknown> {
    const { url, timeoutMs } = this.#settings;
    const answer = await this.#http.send(`${url}/api/v1/${path}`, {
      method: 'POST',
      headers: this.#headers,
      body: new URLSearchParams({ ...form, timeout: `${timeoutMs}ms` }),
      ...options,
    });
    const refusal = explainRefusal(answer, answer.body);
    if (refusal) {
      throw this.error(refusal.reason, ...refusal.words);
    }
    await inTurns();
    if (await hasLongerText(LONGEST_TEXT, answer.body)) {
      throw this.error(
        'source-unreachable',
        wording('source.longLabel', { most: LONGEST_TEXT }),
      );
    }
    return this.#http.parse(answer.body);
  }

  /** An error that names this Prometheus and holds none of its credentials. */
  error(reason: SourceError['reason'], ...words: Words[]): SourceError {
    return this.#http.error(reason, ...words);
  }
}
