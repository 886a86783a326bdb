import { fetch } from 'undici';
import type { TracingSettings } from '../config/settings';
import { credentials } from '../target/credentials';
import { explainNetworkError, isTimeout } from '../target/explainNetworkError';
import { readLimited } from '../target/readLimited';
import { redact } from '../target/redact';
import { SourceError } from '../target/SourceError';
import { tlsAgent } from '../target/tlsAgent';
import { explainTracingRefusal } from './explainTracingRefusal';

/** A hundred traces of a busy mesh weigh a few megabytes. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Gets JSON of one server of Jaeger's query API. */
export class JaegerHttp {
  readonly #cluster: string;
  readonly #settings: TracingSettings;
  readonly #headers: Record<string, string>;
  readonly #secrets: string[];
  #agent: { value: ReturnType<typeof tlsAgent> } | undefined;

  constructor(cluster: string, settings: TracingSettings) {
    const { headers, secrets } = credentials(settings);
    this.#cluster = cluster;
    this.#settings = settings;
    this.#headers = {
      ...headers,
      Accept: 'application/json',
    };
    this.#secrets = secrets;
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
    const { url, timeoutMs, tls } = this.#settings;
    const limit = AbortSignal.timeout(timeoutMs);
    let answered: { response: Awaited<ReturnType<typeof fetch>>; body: string };
    try {
      // Read when first needed: a missing file is this cluster's trouble and must not stop the start.
      this.#agent ??= { value: tlsAgent(tls) };
      const response = await fetch(
        `${url}/api/${path}?${new URLSearchParams(query)}`,
        {
          headers: this.#headers,
          // A redirect mostly leads to a page to sign in at, which credentials must not follow.
          redirect: 'manual',
          signal: AbortSignal.any([signal, limit]),
          dispatcher: this.#agent.value,
        },
      );
      const body = await readLimited(response, MOST_BYTES, megabytes =>
        this.error(
          'source-unreachable',
          `answered with more than ${megabytes} MB of traces.`,
        ),
      );
      answered = { response, body };
    } catch (error) {
      signal.throwIfAborted();
      throw this.#failure(error);
    }
    const refusal = explainTracingRefusal(answered.response, answered.body);
    if (refusal) {
      throw this.error(refusal.reason, refusal.message);
    }
    try {
      return JSON.parse(answered.body);
    } catch {
      throw this.error(
        'source-unreachable',
        'answered with JSON that breaks off or is garbled.',
      );
    }
  }

  /** An error that names this server and holds none of its credentials. */
  error(reason: SourceError['reason'], message: string): SourceError {
    return new SourceError(
      reason,
      redact(
        `The tracing system of the cluster '${this.#cluster}' (${this.#settings.url}) ${message}`,
        this.#secrets,
      ),
    );
  }

  #failure(error: unknown): SourceError {
    if (error instanceof SourceError) {
      return error;
    }
    return this.error(
      'source-unreachable',
      isTimeout(error)
        ? `did not answer within ${this.#settings.timeoutMs / 1000} s. Ask for a shorter window, or raise tracing.timeout of this cluster under aiMesh.clusters.`
        : `cannot be reached: ${explainNetworkError(error)}. Check tracing.url and tracing.tls of this cluster under aiMesh.clusters.`,
    );
  }
}
