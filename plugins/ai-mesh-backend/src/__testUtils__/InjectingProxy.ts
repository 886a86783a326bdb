import { request as httpRequest, type ServerResponse } from 'http';
import { serve, type TestServer } from '../target/__testUtils__/serve';

/**
 * Stands before a sandbox's API server and tells its watchers of objects that the sandbox itself would not take: another
 * release of a CRD allows more, and a server that was broken into allows everything.
 */
export class InjectingProxy {
  readonly #watches = new Map<string, Set<ServerResponse>>();
  #server!: TestServer;

  static async start(upstream: string): Promise<InjectingProxy> {
    const proxy = new InjectingProxy();
    const { hostname, port, host } = new URL(upstream);
    proxy.#server = await serve((request, response) => {
      const forwarded = httpRequest(
        {
          hostname,
          port,
          method: request.method,
          path: request.url,
          headers: { ...request.headers, host },
        },
        answer => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          response.flushHeaders();
          const { pathname, searchParams } = new URL(
            request.url ?? '',
            upstream,
          );
          if (searchParams.get('watch') === 'true') {
            proxy.#keep(pathname, response);
          }
          answer.pipe(response);
        },
      );
      forwarded.on('error', () => request.socket.destroy());
      response.on('close', () => forwarded.destroy());
      request.pipe(forwarded);
    });
    return proxy;
  }

  get url(): string {
    return this.#server.url;
  }

  /**
   * @param plural - the last element of the path that is watched: `virtualservices`
   * @returns how many were told
   */
  tell(plural: string, type: 'ADDED' | 'DELETED', object: object): number {
    const told = [...this.#watches].filter(([path]) =>
      path.endsWith(`/${plural}`),
    );
    const line = `${JSON.stringify({ type, object })}\n`;
    told.forEach(([, some]) => some.forEach(one => one.write(line)));
    return told.reduce((sum, [, some]) => sum + some.size, 0);
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  #keep(path: string, response: ServerResponse): void {
    const some = this.#watches.get(path) ?? new Set();
    this.#watches.set(path, some.add(response));
    response.on('close', () => some.delete(response));
  }
}
