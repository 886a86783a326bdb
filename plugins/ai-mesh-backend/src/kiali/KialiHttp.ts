import { CookieJar } from 'tough-cookie';
import { fetch as undiciFetch } from 'undici';
import type { TlsSettings } from '../config/settings';
import { explainNetworkError, isTimeout } from '../target/explainNetworkError';
import { readLimited } from '../target/readLimited';
import { redact } from '../target/redact';
import { SourceError } from '../target/SourceError';
import { tlsAgent } from '../target/tlsAgent';

/** What an answer may weigh: a portal must not die of a large mesh. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface KialiHttpOptions {
  /** As configured, with or without Kiali's web root. */
  baseUrl: string;
  token?: string;
  /** Named in messages. */
  clusterName: string;
  timeoutMs?: number;
  tls?: TlsSettings;
  fetch?: typeof undiciFetch;
}

/** An answer, read whole. */
export interface KialiResponse {
  status: number;
  contentType: string;
  body: string;
}

/** Sends requests to one Kiali and keeps all of its cookies: a session's may come in several pieces. */
export class KialiHttp {
  readonly baseUrl: string;
  readonly token: string | undefined;
  readonly #options: KialiHttpOptions;
  readonly #timeoutMs: number;
  #cookies = emptyJar();
  #agent: { value: ReturnType<typeof tlsAgent> } | undefined;

  constructor(options: KialiHttpOptions) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.token = options.token;
    this.#options = options;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
  }

  /** @throws SourceError where no answer came, or none that could be read to its end */
  async send(
    url: string,
    init: {
      method?: 'GET' | 'POST';
      headers?: Record<string, string>;
      body?: URLSearchParams;
    } = {},
  ): Promise<KialiResponse> {
    const cookies = await this.#cookies.getCookieString(url);
    const { fetch = undiciFetch, tls } = this.#options;
    try {
      // Read when first needed: a missing file is this cluster's trouble and must not stop the start.
      this.#agent ??= { value: tls && tlsAgent(tls) };
      const response = await fetch(url, {
        ...init,
        headers: {
          Accept: 'application/json',
          ...(cookies && { Cookie: cookies }),
          ...init.headers,
        },
        // A redirect mostly leads to a page to sign in at, which credentials must not follow.
        redirect: 'manual',
        signal: AbortSignal.timeout(this.#timeoutMs),
        ...(this.#agent.value && { dispatcher: this.#agent.value }),
      });
      for (const cookie of response.headers.getSetCookie()) {
        await this.#cookies.setCookie(cookie, url, { ignoreError: true });
      }
      return {
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        body: await readLimited(response, MOST_BYTES, megabytes =>
          this.error(
            'source-unreachable',
            `answered with more than ${megabytes} MB.`,
          ),
        ),
      };
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /** Ends the session on this side. */
  forgetSession(): void {
    this.#cookies = emptyJar();
  }

  /** An error that names this Kiali and holds none of its credentials. */
  error(reason: SourceError['reason'], message: string): SourceError {
    return new SourceError(
      reason,
      redact(
        `Kiali of the cluster '${this.#options.clusterName}' (${this.baseUrl}) ${message}`,
        this.token === undefined ? [] : [this.token],
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
        ? `did not answer within ${this.#timeoutMs / 1000} s. Look at its load, or raise kiali.timeout of this cluster under aiMesh.clusters.`
        : `cannot be reached: ${explainNetworkError(error)}. Check kiali.url of this cluster under aiMesh.clusters.`,
    );
  }
}

/** Loose about where a cookie comes from: a host within a cluster is no public domain. */
function emptyJar(): CookieJar {
  return new CookieJar(undefined, { rejectPublicSuffixes: false });
}
