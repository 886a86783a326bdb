import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { CookieJar } from 'tough-cookie';
import type { fetch } from 'undici';
import type { QueueSettings, TlsSettings } from '../config/settings';
import type { SourceError } from '../target/SourceError';
import { SourceHttp, type SourceAnswer } from '../target/SourceHttp';

export interface KialiHttpOptions {
  /** As configured, with or without Kiali's web root. */
  baseUrl: string;
  token?: string;
  /** Named in messages. */
  clusterName: string;
  timeoutMs?: number;
  tls?: TlsSettings;
  queue?: Partial<QueueSettings>;
  fetch?: typeof fetch;
}

/** Sends requests to one Kiali and keeps all of its cookies: a session's may come in several pieces. */
export class KialiHttp {
  readonly baseUrl: string;
  readonly token: string | undefined;
  readonly timeoutMs: number;
  readonly #http: SourceHttp;
  #cookies = emptyJar();

  constructor(options: KialiHttpOptions) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.token = options.token;
    this.timeoutMs = options.timeoutMs ?? 10_000;
    this.#http = new SourceHttp({
      subject: wording('source.kiali', {
        cluster: options.clusterName,
        url: this.baseUrl,
      }),
      key: 'kiali',
      cluster: options.clusterName,
      timeoutMs: this.timeoutMs,
      tls: options.tls,
      queue: options.queue,
      secrets: options.token === undefined ? [] : [options.token],
      advice: {
        tooLarge: 'source.largeMesh',
        late: 'source.load',
      },
      fetch: options.fetch,
    });
  }

  /** @throws SourceError where no answer came, or none that could be read to its end */
  async send(
    url: string,
    init: {
      method?: 'GET' | 'POST';
      headers?: Record<string, string>;
      body?: URLSearchParams;
    } = {},
  ): Promise<SourceAnswer> {
    const cookies = await this.#cookies.getCookieString(url);
    const answer = await this.#http.send(url, {
      ...init,
      headers: {
        Accept: 'application/json',
        ...(cookies && { Cookie: cookies }),
        ...init.headers,
      },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      await this.#cookies.setCookie(cookie, url, { ignoreError: true });
    }
    return answer;
  }

  /** Ends the session on this side. */
  forgetSession(): void {
    this.#cookies = emptyJar();
  }

  /** Why a question of several requests has no answer, after as long as one request may take. */
  late(): SourceError {
    return this.#http.late();
  }

  /** An error that names this Kiali and holds none of its credentials. */
  error(reason: SourceError['reason'], ...words: Words[]): SourceError {
    return this.#http.error(reason, ...words);
  }
}

/** Loose about where a cookie comes from: a host within a cluster is no public domain. */
function emptyJar(): CookieJar {
  return new CookieJar(undefined, { rejectPublicSuffixes: false });
}
