import type { RunningSandbox } from '@ai-mesh/mesh-sandbox/testing';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A call of the Git host's API: what for, and in whose name. */
export interface WatchedCall {
  method: string;
  path: string;
  /** Without its scheme. */
  token: string;
}

/** Stands before the Git host's API: passes everything on, and notes who asks for what. */
export class WatchedGitApi {
  readonly calls: WatchedCall[] = [];

  private constructor(
    private readonly git: NonNullable<RunningSandbox['git']>,
    private readonly server: Server,
  ) {
    server.on('request', async (request, response) => {
      try {
        const answer = await this.#passOn(request);
        response.writeHead(answer.status, {
          'content-type': answer.headers.get('content-type') ?? 'text/plain',
        });
        response.end(await this.#bodyOf(answer));
      } catch (error) {
        response.writeHead(502).end(String(error));
      }
    });
  }

  static async start(
    git: NonNullable<RunningSandbox['git']>,
  ): Promise<WatchedGitApi> {
    const server = createServer();
    const api = new WatchedGitApi(git, server);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return api;
  }

  get apiBaseUrl(): string {
    return `${this.#url}/api/v3`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  get #url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async #passOn(request: IncomingMessage): Promise<Response> {
    const { method = 'GET', url = '/', headers } = request;
    const { authorization = '' } = headers;
    this.calls.push({
      method,
      path: url.split('?')[0],
      token: authorization.replace(/^\S+ /, ''),
    });
    const body = await buffer(request);
    return fetch(new URL(url, this.git.apiBaseUrl), {
      method,
      headers: {
        authorization,
        'content-type': headers['content-type'] ?? 'application/json',
      },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
  }

  /** Addresses of the API in an answer lead here too. */
  async #bodyOf(answer: Response): Promise<string | Buffer> {
    return answer.headers.get('content-type')?.includes('json')
      ? (await answer.text()).replaceAll(
          `${new URL(this.git.apiBaseUrl).origin}/api/`,
          `${this.#url}/api/`,
        )
      : Buffer.from(await answer.arrayBuffer());
  }
}
