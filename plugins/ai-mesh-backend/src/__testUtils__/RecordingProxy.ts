import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'http';
import type { AddressInfo } from 'net';

/** One request as RBAC sees it. */
export interface ApiUse {
  verb: string;
  group: string;
  /** With its subresource: `deployments/scale`. */
  resource: string;
  /** Absent where all namespaces are asked for at once. */
  namespace?: string;
}

/** Stands before an API server and writes down what is asked of it, in RBAC's words. */
export class RecordingProxy {
  readonly uses: ApiUse[] = [];
  readonly #server = createServer((request, response) =>
    this.#pass(request, response),
  );
  readonly #upstream: URL;

  private constructor(upstream: string) {
    this.#upstream = new URL(upstream);
  }

  static async start(upstream: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(upstream);
    await new Promise<void>(resolve => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => {
      this.#server.close(resolve);
    });
    this.#server.closeAllConnections();
    await closed;
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const use = useOf(request);
    if (use) {
      this.uses.push(use);
    }
    const { hostname, port, host } = this.#upstream;
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
        answer.pipe(response);
      },
    );
    forwarded.on('error', () => request.socket.destroy());
    response.on('close', () => forwarded.destroy());
    request.pipe(forwarded);
  }
}

const PATH =
  /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)(?:\/namespaces\/([^/]+)(?=\/))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/;

/** Discovery is open to everybody, and is no use of a resource. */
function useOf({ method, url = '' }: IncomingMessage): ApiUse | undefined {
  const { pathname, searchParams } = new URL(url, 'http://api');
  const parts = PATH.exec(pathname);
  if (!parts) {
    return undefined;
  }
  const [, group = '', namespace, resource, name, subresource] = parts;
  const reading = name ? 'get' : 'list';
  const verbs: Record<string, string> = {
    GET: searchParams.has('watch') ? 'watch' : reading,
    POST: 'create',
    PATCH: 'patch',
    PUT: 'update',
    DELETE: 'delete',
  };
  return {
    verb: verbs[method ?? ''] ?? String(method),
    group,
    resource: subresource ? `${resource}/${subresource}` : resource,
    ...(namespace && { namespace }),
  };
}
