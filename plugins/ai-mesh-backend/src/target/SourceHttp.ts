import { fetch as undiciFetch, type Headers, type RequestInit } from 'undici';
import type { TlsSettings } from '../config/settings';
import { explainNetworkError, isTimeout } from './explainNetworkError';
import { readLimited } from './readLimited';
import { redact } from './redact';
import { SourceError } from './SourceError';
import { tlsAgent } from './tlsAgent';

/** What an answer may weigh: a portal must not die of it. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface SourceHttpOptions {
  /** Begins every message: `Prometheus of the cluster 'prod' (http://prometheus:9090)`. */
  subject: string;
  /** Its settings' key in a cluster of `aiMesh.clusters`, named where one of them may be wrong. */
  key: 'prometheus' | 'kiali' | 'tracing';
  timeoutMs: number;
  tls?: TlsSettings;
  /** What an answer may weigh: 64 MB unless set. */
  mostBytes?: number;
  /** What no message may hold. */
  secrets: string[];
  /** What a person can do where an answer is too large, or late: sentences. */
  advice: { tooLarge: string; late: string };
  fetch?: typeof undiciFetch;
}

/** What is read of an answer that is a refusal: its reason, not a page. */
const MOST_OF_A_REFUSAL = 64 * 1024;
const LONGEST_MESSAGE = 1000;

/** An answer, read whole. */
export interface SourceAnswer {
  status: number;
  headers: Headers;
  /** Of a refusal: its beginning, without this source's credentials, so that it may be cut anywhere. */
  body: string;
}

/** Sends requests to one source over HTTP; whatever fails becomes an error that names the source and what to do. */
export class SourceHttp {
  readonly #options: SourceHttpOptions;
  #agent: { value: ReturnType<typeof tlsAgent> } | undefined;

  constructor(options: SourceHttpOptions) {
    this.#options = options;
  }

  /**
   * @throws SourceError where no answer came, or none that could be read to its end; the reason of `init.signal` where
   *   that was aborted
   */
  async send(
    url: string,
    init: Pick<RequestInit, 'method' | 'headers' | 'body'> & {
      signal?: AbortSignal;
    },
  ): Promise<SourceAnswer> {
    const {
      fetch = undiciFetch,
      timeoutMs,
      tls,
      advice,
      mostBytes = MOST_BYTES,
    } = this.#options;
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      // Read when first needed: a missing file is this cluster's trouble and must not stop the start.
      this.#agent ??= { value: tls && tlsAgent(tls) };
      const response = await fetch(url, {
        ...init,
        // A redirect mostly leads to a page to sign in at, which credentials must not follow.
        redirect: 'manual',
        signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit,
        dispatcher: this.#agent.value,
      });
      const body = await readLimited(response, mostBytes, megabytes =>
        this.error(
          'source-unreachable',
          `answered with more than ${megabytes} MB. ${advice.tooLarge}`,
        ),
      );
      const { status, headers } = response;
      return {
        status,
        headers,
        body: response.ok
          ? body
          : redact(body.slice(0, MOST_OF_A_REFUSAL), this.#options.secrets),
      };
    } catch (error) {
      init.signal?.throwIfAborted();
      throw this.#failure(error);
    }
  }

  /** @throws SourceError where the text is no JSON */
  parse(body: string): unknown {
    try {
      return JSON.parse(body);
    } catch {
      throw this.error(
        'source-unreachable',
        'answered with JSON that breaks off or is garbled. Something between it and the portal may cut long answers.',
      );
    }
  }

  /** An error that names this source and holds none of its credentials. */
  error(reason: SourceError['reason'], message: string): SourceError {
    const { subject, secrets } = this.#options;
    const safe = redact(`${subject} ${message}`, secrets);
    return new SourceError(
      reason,
      safe.length > LONGEST_MESSAGE
        ? `${safe.slice(0, LONGEST_MESSAGE)}…`
        : safe,
    );
  }

  #failure(error: unknown): SourceError {
    if (error instanceof SourceError) {
      return error;
    }
    const { key, timeoutMs, advice } = this.#options;
    const late = isTimeout(error);
    const failure = this.error(
      'source-unreachable',
      late
        ? `did not answer within ${timeoutMs / 1000} s. ${advice.late}, or raise ${key}.timeout of this cluster under aiMesh.clusters.`
        : `cannot be reached: ${explainNetworkError(error)}. Check ${key}.url and ${key}.tls of this cluster under aiMesh.clusters.`,
    );
    failure.isLate = late;
    return failure;
  }
}
