import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import { DEEPEST_ANSWER, isDeeperThan } from '../target/isDeeperThan';
import { parseInSlices } from '../target/parseInSlices';
import type { SourceAnswer } from '../target/SourceHttp';
import type { KialiHttp } from './KialiHttp';
import { explainKialiError } from './explainKialiError';
import { KialiVersion } from './KialiVersion';

const authInfoSchema = z.object({ strategy: z.string() });
const statusSchema = z.object({ status: z.record(z.string(), z.unknown()) });

/** What is known once Kiali lets the portal in. */
interface Connection {
  /** Where its API is: the configured URL, or `/kiali` under it. */
  root: string;
  version: KialiVersion;
  headers: Record<string, string>;
}

/**
 * Finds Kiali's web root, signs in the way that it wants, and stays signed in.
 *
 * Many may ask at once; they share one way in. One that failed is tried again by whoever asks next.
 */
export class KialiSession {
  readonly #http: KialiHttp;
  #root: string | undefined;
  #connecting: Promise<Connection> | undefined;

  constructor(http: KialiHttp) {
    this.#http = http;
  }

  async version(): Promise<KialiVersion> {
    return (await this.#connection()).version;
  }

  /**
   * The JSON at a path of the API. Signs in again once where the session has ended meanwhile.
   *
   * @param path - under `/api`: `/status`
   * @param params - of the query
   * @param fallback - parameters for versions that do not understand the first ones
   * @throws SourceError
   */
  async get(
    path: string,
    params: Record<string, string> = {},
    fallback?: Record<string, string>,
  ): Promise<unknown> {
    const response = await this.#getSignedIn(path, params);
    return this.#json(
      response.status === 400 && fallback
        ? await this.#getSignedIn(path, fallback)
        : response,
    );
  }

  async #getSignedIn(
    path: string,
    params: Record<string, string>,
  ): Promise<SourceAnswer> {
    const connecting = this.#connection();
    let response = await this.#getFrom(await connecting, path, params);
    if (response.status === 401) {
      if (this.#connecting === connecting) {
        this.#connecting = undefined;
        this.#http.forgetSession();
      }
      response = await this.#getFrom(await this.#connection(), path, params);
    }
    return response;
  }

  #connection(): Promise<Connection> {
    if (!this.#connecting) {
      const connecting = this.#connect();
      this.#connecting = connecting;
      connecting.catch(() => {
        if (this.#connecting === connecting) {
          this.#connecting = undefined;
        }
      });
    }
    return this.#connecting;
  }

  async #connect(): Promise<Connection> {
    const { root, response: probe } = await this.#findRoot();
    const headers = await this.#signIn(root);
    // Without a session some versions tell their version and some do not.
    const status =
      probe.status === 200
        ? probe
        : await this.#http.send(`${root}/api/status`, { headers });
    const read = statusSchema.safeParse(await this.#json(status));
    const text = read.success
      ? (read.data.status['Kiali version'] ??
        read.data.status['Kiali core version'])
      : undefined;
    return { root, headers, version: new KialiVersion(String(text ?? '')) };
  }

  /** People configure the URL with and without the web root. */
  async #findRoot(): Promise<{ root: string; response: SourceAnswer }> {
    const { baseUrl } = this.#http;
    const candidates =
      this.#root === undefined ? [baseUrl, `${baseUrl}/kiali`] : [this.#root];
    let last: SourceAnswer | undefined;
    for (const root of candidates) {
      const response = await this.#http.send(`${root}/api/status`);
      if (
        (await isStatus(response)) ||
        (await this.#asksToSignIn(root, response))
      ) {
        this.#root = root;
        return { root, response };
      }
      last = response;
    }
    this.#root = undefined;
    if (last && (last.status >= 500 || [401, 403].includes(last.status))) {
      const { reason, words } = explainKialiError(last.status, last.body);
      throw this.#http.error(reason, ...words);
    }
    throw this.#http.error(
      'source-unreachable',
      wording('source.noKiali', {
        places: candidates.map(root => `${root}/api/status`).join(', '),
      }),
    );
  }

  /** A refusal may come from anything on the way; how to sign in only Kiali says, and says it to everybody. */
  async #asksToSignIn(
    root: string,
    { status }: SourceAnswer,
  ): Promise<boolean> {
    if (status !== 401 && status !== 403) {
      return false;
    }
    const info = await this.#http.send(`${root}/api/auth/info`);
    return (
      info.status === 200 &&
      authInfoSchema.safeParse(await parsed(info)).success
    );
  }

  async #signIn(root: string): Promise<Record<string, string>> {
    const info = authInfoSchema.safeParse(
      await this.#json(await this.#http.send(`${root}/api/auth/info`)),
    );
    const strategy = info.success ? info.data.strategy : 'unknown';
    const { token } = this.#http;
    switch (strategy) {
      case 'anonymous':
        return {};
      case 'token':
        await this.#logIn(root, this.#needToken(token));
        return {};
      case 'header':
      case 'openshift':
        return { Authorization: `Bearer ${this.#needToken(token)}` };
      case 'openid':
        throw this.#http.error('forbidden', wording('source.openId'));
      default:
        throw this.#http.error(
          'forbidden',
          wording('source.strategy', { strategy }),
        );
    }
  }

  #needToken(token: string | undefined): string {
    if (token === undefined) {
      throw this.#http.error('forbidden', wording('source.wantsToken'));
    }
    return token;
  }

  /** Kiali's token login takes a form, never a bearer header. */
  async #logIn(root: string, token: string): Promise<void> {
    this.#http.forgetSession();
    const response = await this.#http.send(`${root}/api/authenticate`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    });
    if (response.status === 401 || response.status === 403) {
      const { words } = explainKialiError(response.status, response.body);
      throw this.#http.error(
        'forbidden',
        wording('source.tokenRefused'),
        ...words,
      );
    }
    await this.#json(response);
  }

  #getFrom(
    { root, headers }: Connection,
    path: string,
    params: Record<string, string>,
  ): Promise<SourceAnswer> {
    const query = new URLSearchParams(params).toString();
    return this.#http.send(`${root}/api${path}${query && `?${query}`}`, {
      headers,
    });
  }

  async #json(response: SourceAnswer): Promise<unknown> {
    const { status, body } = response;
    if (status < 200 || status >= 300) {
      const { reason, words } = explainKialiError(status, body);
      throw this.#http.error(reason, ...words);
    }
    const json = await parsed(response);
    if (json === undefined) {
      throw this.#http.error(
        'source-unreachable',
        isWebPage(response)
          ? wording('source.kialiPage')
          : wording('source.garbledOrDeep', { most: DEEPEST_ANSWER }),
      );
    }
    return json;
  }
}

async function isStatus(response: SourceAnswer): Promise<boolean> {
  return (
    response.status === 200 &&
    statusSchema.safeParse(await parsed(response)).success
  );
}

/** The body's JSON; undefined where it is none, or deeper than any answer is. */
async function parsed({ body }: SourceAnswer): Promise<unknown> {
  if (await isDeeperThan(DEEPEST_ANSWER, body)) {
    return undefined;
  }
  try {
    return await parseInSlices(body);
  } catch {
    return undefined;
  }
}

function isWebPage({ headers, body }: SourceAnswer): boolean {
  return (
    headers.get('content-type')?.includes('text/html') || /^\s*</.test(body)
  );
}
