import {
  HttpMethod,
  IsomorphicFetchHttpLibrary,
  KubeConfig,
  RequestContext,
  ResponseContext,
} from '@kubernetes/client-node';
import type { KubernetesSettings } from '../config/settings';
import { explainNetworkError, isTimeout } from '../target/explainNetworkError';
import { redact } from '../target/redact';
import { explainStatus } from './explainStatus';
import { jsonLines } from './jsonLines';
import { kubeConfigOf } from './kubeConfigOf';
import {
  KubernetesApi,
  KubernetesError,
  KubernetesWriter,
  WatchEvent,
} from './KubernetesApi';

/** What is read of a refusal: its reason, not a page. */
const MOST_OF_A_REFUSAL = 64 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;

/** What a request carries, unless it only reads. */
type Sent = Pick<
  Parameters<KubernetesWriter['write']>[0],
  'method' | 'contentType' | 'body'
>;

/** A cluster's API by the Kubernetes client's own ways to connect and sign in. */
export class KubeConfigApi implements KubernetesApi, KubernetesWriter {
  readonly #settings: KubernetesSettings;
  readonly #http = new IsomorphicFetchHttpLibrary();
  #loaded: { config: KubeConfig; server: string } | undefined;

  constructor(settings: KubernetesSettings) {
    this.#settings = settings;
  }

  async get(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<unknown> {
    return this.#json(path, query, signal);
  }

  async write(
    {
      method,
      path,
      query = {},
      contentType,
      body,
    }: Parameters<KubernetesWriter['write']>[0],
    signal: AbortSignal,
  ): Promise<unknown> {
    return this.#json(path, query, signal, { method, contentType, body });
  }

  async #json(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    sent?: Sent,
  ): Promise<unknown> {
    const limit = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const both = AbortSignal.any([signal, limit]);
    try {
      const response = await this.#send(path, query, both, sent);
      return JSON.parse(await response.body.text());
    } catch (error) {
      signal.throwIfAborted();
      throw this.#failure(error);
    }
  }

  async *watch(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): AsyncIterable<WatchEvent> {
    try {
      const response = await this.#send(
        path,
        { ...query, watch: 'true' },
        signal,
      );
      for await (const line of jsonLines(response.body.stream())) {
        yield this.#safeEvent(line as WatchEvent);
      }
    } catch (error) {
      signal.throwIfAborted();
      throw this.#failure(error);
    }
  }

  async #send(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    sent?: Sent,
  ): Promise<ResponseContext> {
    const { config, server } = this.#load();
    const url = `${server}${path}?${new URLSearchParams(query)}`;
    const request = new RequestContext(url, HttpMethod[sent?.method ?? 'GET']);
    await config.applySecurityAuthentication(request);
    request.setHeaderParam('Accept', 'application/json');
    request.setHeaderParam('User-Agent', 'backstage-plugin-ai-mesh');
    request.setSignal(signal);
    if (sent) {
      request.setHeaderParam('Content-Type', sent.contentType);
      request.setBody(JSON.stringify(sent.body));
    }
    const response = await this.#http.send(request).toPromise();
    // 201 is the answer to what was created.
    if (response.httpStatusCode !== 200 && response.httpStatusCode !== 201) {
      const body = await response.body.text();
      throw explainStatus(
        response.httpStatusCode,
        redact(body.slice(0, MOST_OF_A_REFUSAL), this.#secrets()),
      );
    }
    return response;
  }

  /** Loaded when first needed, and again until it succeeds: a missing file must not stop the portal's start. */
  #load() {
    if (!this.#loaded) {
      const config = kubeConfigOf(this.#settings);
      const server = config.getCurrentCluster()?.server ?? '';
      this.#loaded = { config, server: server.replace(/\/+$/, '') };
    }
    return this.#loaded;
  }

  /** An event of type ERROR holds a `Status`, whose message a person will see. */
  #safeEvent(event: WatchEvent): WatchEvent {
    if (event?.type !== 'ERROR') {
      return event;
    }
    const { message } = (event.object ?? {}) as { message?: unknown };
    return typeof message === 'string'
      ? {
          ...event,
          object: {
            ...(event.object as object),
            message: redact(
              message.slice(0, MOST_OF_A_REFUSAL),
              this.#secrets(),
            ),
          },
        }
      : event;
  }

  #secrets(): string[] {
    const user = this.#loaded?.config.getCurrentUser();
    return [user?.token, user?.password].filter(secret => secret !== undefined);
  }

  #failure(error: unknown): KubernetesError {
    const secrets = this.#secrets();
    if (error instanceof KubernetesError) {
      const { failure, message, status } = error;
      return new KubernetesError(failure, redact(message, secrets), status);
    }
    const reason = isTimeout(error)
      ? `it did not answer within ${REQUEST_TIMEOUT_MS / 1000} s`
      : explainNetworkError(error);
    const at = this.#loaded ? ` at ${this.#loaded.server}` : '';
    return new KubernetesError(
      'unreachable',
      redact(`the API server${at} cannot be used: ${reason}`, secrets),
    );
  }
}
