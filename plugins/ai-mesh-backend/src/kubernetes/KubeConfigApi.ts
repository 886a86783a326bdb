import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import {
  HttpMethod,
  IsomorphicFetchHttpLibrary,
  KubeConfig,
  RequestContext,
  ResponseContext,
} from '@kubernetes/client-node';
import { stringifyError } from '@backstage/errors';
import type { KubernetesSettings } from '../config/settings';
import { isTimeout, networkWords } from '../target/explainNetworkError';
import { DEEPEST_ANSWER, isDeeperThan } from '../target/isDeeperThan';
import { parseInSlices } from '../target/parseInSlices';
import { readLimited } from '../target/readLimited';
import { redact, redactBeginning } from '../target/redact';
import { withTexts, wordingWith } from '../worded';
import { WordedError } from '../WordedError';
import { withoutPaths } from '../target/withoutPaths';
import { explainStatus } from './explainStatus';
import { kubeConfigOf, kubeConfigStamp } from './kubeConfigOf';
import {
  KubernetesApi,
  KubernetesError,
  KubernetesWriter,
  WatchEvent,
} from './KubernetesApi';
import { textLines } from './textLines';

/** What is read of a refusal: its reason, not a page. */
const MOST_OF_A_REFUSAL = 64 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
/**
 * What one answer may weigh: it is kept whole until it is parsed. An object is never as large, since API servers take none
 * of more than 3 MB (`MaxRequestBodyBytes`); a page of a list that is is asked for again in smaller ones.
 */
const MOST_BYTES = 4 * 1024 * 1024;

/** What a request carries, unless it only reads. */
type Sent = Pick<
  Parameters<KubernetesWriter['write']>[0],
  'method' | 'contentType' | 'body'
>;

/** Credentials as they were read. */
interface Loaded {
  config: KubeConfig;
  server: string;
  stamp: string;
  /** What was signed in with last, wherever it came from. */
  token?: string;
}

/** A cluster's API by the Kubernetes client's own ways to connect and sign in. */
export class KubeConfigApi implements KubernetesApi, KubernetesWriter {
  readonly #settings: KubernetesSettings;
  readonly #http = new IsomorphicFetchHttpLibrary();
  #loaded: Loaded | undefined;

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
      return await parsed(await this.#read(path, response));
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
      const lines = textLines(response.body.stream(), MOST_BYTES, () =>
        tooLarge(wording('kube.anEvent', { path })),
      );
      for await (const line of lines) {
        yield this.#safeEvent((await parsed(line)) as WatchEvent);
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
    const used = this.#load();
    try {
      return await this.#sendWith(used, path, query, signal, sent);
    } catch (error) {
      if (
        !(error instanceof KubernetesError) ||
        error.failure !== 'unauthorized'
      ) {
        throw error;
      }
      if (this.#settings.from === 'url') {
        throw error;
      }
      // A token that was rotated under us: what is in its file by now may do.
      this.#forget(used);
      return await this.#sendWith(this.#load(), path, query, signal, sent);
    }
  }

  async #sendWith(
    loaded: Loaded,
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal,
    sent?: Sent,
  ): Promise<ResponseContext> {
    const url = `${loaded.server}${path}?${new URLSearchParams(query)}`;
    const request = new RequestContext(url, HttpMethod[sent?.method ?? 'GET']);
    await signIn(loaded.config, request, signal);
    loaded.token = request
      .getHeaders()
      .Authorization?.replace(/^Bearer\s+/, '');
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
      const body = await this.#read(path, response);
      throw explainStatus(
        response.httpStatusCode,
        redactBeginning(body, MOST_OF_A_REFUSAL, this.#secrets()),
        loaded.token !== undefined || hasCertificate(loaded.config),
      );
    }
    return response;
  }

  #read(path: string, { body }: ResponseContext): Promise<string> {
    return readLimited({ body: body.stream() }, MOST_BYTES, () =>
      tooLarge(wording('kube.theAnswer', { path })),
    );
  }

  /**
   * Loaded when first needed, again until it succeeds, since a missing file must not stop the portal's start, and again
   * whenever the file has changed.
   */
  #load(): Loaded {
    const before = this.#loaded;
    try {
      const stamp = kubeConfigStamp(this.#settings);
      if (!before || before.stamp !== stamp) {
        const config = kubeConfigOf(this.#settings);
        const server = config.getCurrentCluster()?.server ?? '';
        this.#loaded = { config, server: server.replace(/\/+$/, ''), stamp };
      }
    } catch (error) {
      // While somebody is writing the file, what was in it before still counts.
      if (!before) {
        throw error;
      }
    }
    return this.#loaded!;
  }

  /** Of what others have read anew in the meantime nothing is forgotten. */
  #forget(loaded: Loaded): void {
    if (this.#loaded === loaded) {
      this.#loaded = undefined;
    }
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
            message: redactBeginning(
              message,
              MOST_OF_A_REFUSAL,
              this.#secrets(),
            ),
          },
        }
      : event;
  }

  #secrets(): string[] {
    const user = this.#loaded?.config.getCurrentUser();
    return [user?.token, user?.password, this.#loaded?.token].filter(
      secret => secret !== undefined,
    );
  }

  #failure(error: unknown): KubernetesError {
    const secrets = this.#secrets();
    if (error instanceof KubernetesError) {
      const { failure, words, status } = error;
      return new KubernetesError(
        failure,
        withTexts(words, text => withoutPaths(redact(text, secrets))),
        status,
      );
    }
    const why = isTimeout(error)
      ? wording('kube.late', { seconds: REQUEST_TIMEOUT_MS / 1000 })
      : networkWords(error, secrets);
    const unusable = this.#loaded
      ? wordingWith('kube.unusableAt', { server: this.#loaded.server, why })
      : wordingWith('kube.unusable', { why });
    return new KubernetesError(
      'unreachable',
      withTexts(unusable, text => redact(text, secrets)),
    );
  }
}

function tooLarge(what: Words): KubernetesError {
  return new KubernetesError(
    'too-large',
    wordingWith('kube.largerThan', {
      what,
      megabytes: MOST_BYTES / 1024 / 1024,
    }),
  );
}

/**
 * In turns with other work, since a page of a list is long.
 *
 * @throws SyntaxError where it is no JSON
 */
async function parsed(json: string): Promise<unknown> {
  if (await isDeeperThan(DEEPEST_ANSWER, json)) {
    throw new KubernetesError(
      'too-large',
      wording('kube.deeper', { most: DEEPEST_ANSWER }),
    );
  }
  return parseInSlices(json);
}

function hasCertificate(config: KubeConfig): boolean {
  const user = config.getCurrentUser();
  return Boolean(user?.certData ?? user?.certFile);
}

/**
 * Of a command that cannot be run the Kubernetes client does not say whose it is, and of one that does not end it waits for
 * the end.
 */
async function signIn(
  config: KubeConfig,
  request: RequestContext,
  signal: AbortSignal,
): Promise<void> {
  try {
    await untilAborted(signal, config.applySecurityAuthentication(request));
  } catch (error) {
    signal.throwIfAborted();
    const user = config.getCurrentUser();
    const command: unknown = user?.exec?.command;
    throw command === undefined
      ? error
      : new WordedError(
          wording('kube.commandFailed', {
            user: String(user?.name),
            command: String(command),
            text: stringifyError(error),
          }),
        );
  }
}

async function untilAborted<T>(
  signal: AbortSignal,
  work: Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
      signal: ending.signal,
    });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    ending.abort();
  }
}
