import { fetch, Response } from 'undici';
import type { PrometheusSettings } from '../config/settings';
import { credentials } from '../target/credentials';
import { explainNetworkError, isTimeout } from '../target/explainNetworkError';
import { readLimited } from '../target/readLimited';
import { redact } from '../target/redact';
import { SourceError } from '../target/SourceError';
import { tlsAgent } from '../target/tlsAgent';
import { explainRefusal } from './explainRefusal';

/** What an answer may weigh: beyond it a question was put wrongly, and the portal must not die of it. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Posts to one Prometheus' HTTP API and gives the body's JSON, whatever it holds. */
export class PrometheusHttp {
  readonly #cluster: string;
  readonly #settings: PrometheusSettings;
  readonly #headers: Record<string, string>;
  readonly #secrets: string[];
  #agent: { value: ReturnType<typeof tlsAgent> } | undefined;

  constructor(cluster: string, settings: PrometheusSettings) {
    const { headers, secrets } = credentials(settings);
    this.#cluster = cluster;
    this.#settings = settings;
    this.#headers = {
      ...headers,
      Accept: 'application/json',
      'Content-Type': 'application/x-www-form-urlencoded',
    };
    this.#secrets = secrets;
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
    const limit = AbortSignal.timeout(this.#settings.timeoutMs);
    let response: Response;
    let body: string;
    try {
      // Read when first needed: a missing file is this cluster's trouble and must not stop the start.
      this.#agent ??= { value: tlsAgent(this.#settings.tls) };
      response = await fetch(`${this.#settings.url}/api/v1/${path}`, {
        method: 'POST',
        headers: this.#headers,
        body: new URLSearchParams({
          ...form,
          timeout: `${this.#settings.timeoutMs}ms`,
        }),
        // A redirect mostly leads to a page to sign in at, which credentials must not follow.
        redirect: 'manual',
        signal: AbortSignal.any([signal, limit]),
        dispatcher: this.#agent.value,
      });
      body = await readLimited(response, MOST_BYTES, megabytes =>
        this.error(
          'source-unreachable',
          `answered with more than ${megabytes} MB. Its series may have labels of too many values; drop those or ask for less.`,
        ),
      );
    } catch (error) {
      signal.throwIfAborted();
      throw this.#failure(error);
    }
    const refusal = explainRefusal(response, body);
    if (refusal) {
      throw this.error(refusal.reason, refusal.message);
    }
    return this.#parse(body);
  }

  /** An error that names this Prometheus and holds none of its credentials. */
  error(reason: SourceError['reason'], message: string): SourceError {
    return new SourceError(
      reason,
      redact(
        `Prometheus of the cluster '${this.#cluster}' (${this.#settings.url}) ${message}`,
        this.#secrets,
      ),
    );
  }

  #failure(error: unknown): SourceError {
    if (error instanceof SourceError) {
      return error;
    }
    if (isTimeout(error)) {
      return this.error(
        'source-unreachable',
        `did not answer within ${this.#settings.timeoutMs / 1000} s. Look at its load, or raise prometheus.timeout of this cluster under aiMesh.clusters.`,
      );
    }
    return this.error(
      'source-unreachable',
      `cannot be reached: ${explainNetworkError(error)}. Check prometheus.url and prometheus.tls of this cluster under aiMesh.clusters.`,
    );
  }

  #parse(body: string): unknown {
    try {
      return JSON.parse(body);
    } catch {
      throw this.error(
        'source-unreachable',
        'answered with JSON that breaks off or is garbled. Something between it and the portal may cut long answers.',
      );
    }
  }
}
