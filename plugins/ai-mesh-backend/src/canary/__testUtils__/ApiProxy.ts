import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'http';
import type { AddressInfo } from 'net';

/** A patch that the API server took. */
export interface TakenPatch {
  name: string;
  /** By version, of the rule without a match. */
  weights: Record<string, number | undefined>;
  /** By the process's own clock, milliseconds. */
  at: number;
}

/** What becomes of a patch on its way: `lost` cuts the connection. */
type Fate = 'goes-on' | 'lost';

/** Stands before the sandbox's API server: sees every patch that it takes, and may do something at that very moment. */
export class ApiProxy {
  readonly taken: TakenPatch[] = [];
  /** Before the API server gets it. */
  beforePatch: () => Fate | Promise<Fate> = () => 'goes-on';
  /** After the API server has taken it, before its answer is passed on. */
  afterPatch: () => Fate | Promise<Fate> = () => 'goes-on';
  /** Nothing is passed on while the API server is away. */
  away = false;

  private constructor(
    private readonly server: Server,
    private readonly upstream: URL,
  ) {}

  static async start(upstream: string): Promise<ApiProxy> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const proxy = new ApiProxy(server, new URL(upstream));
    server.on('request', (request, response) => {
      proxy.#pass(request, response).catch(() => request.socket.destroy());
    });
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** As when the network to the API server breaks: open connections end, and new ones get nothing. */
  goAway(): void {
    this.away = true;
    this.server.closeAllConnections();
  }

  comeBack(): void {
    this.away = false;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => {
      this.server.close(resolve);
    });
    this.server.closeAllConnections();
    await closed;
  }

  async #pass(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const isWrite =
      request.method === 'PATCH' && !request.url?.includes('dryRun');
    if (this.away || (isWrite && (await this.beforePatch()) === 'lost')) {
      request.socket.destroy();
      return;
    }
    const { hostname, port } = this.upstream;
    const forwarded = httpRequest(
      {
        hostname,
        port,
        method: request.method,
        path: request.url,
        headers: { ...request.headers, host: this.upstream.host },
      },
      answer => {
        if (!isWrite) {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
          // What is cut upstream is cut here.
          answer.on('error', () => response.destroy());
          return;
        }
        this.#answerWrite(answer, response).catch(() =>
          request.socket.destroy(),
        );
      },
    );
    forwarded.on('error', () => request.socket.destroy());
    // Whoever hangs up, as a watch does, needs nothing from upstream any more.
    response.on('close', () => forwarded.destroy());
    request.pipe(forwarded);
  }

  async #answerWrite(
    answer: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of answer) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    if (answer.statusCode === 200) {
      this.taken.push(takenPatch(JSON.parse(body.toString())));
      if ((await this.afterPatch()) === 'lost') {
        response.socket?.destroy();
        return;
      }
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.end(body);
  }
}

interface WeightedRule {
  match?: unknown;
  route?: { destination: { subset: string }; weight?: number }[];
  backendRefs?: { name: string; weight?: number }[];
}

/** The weights that a route of the canary world gives, by subset, or by the version that ends the name of a pool. */
export function weightsOf(object: {
  spec?: { http?: unknown; rules?: unknown };
}): TakenPatch['weights'] {
  const { http, rules } = object.spec ?? {};
  const { route = [], backendRefs = [] } =
    ((http ?? rules ?? []) as WeightedRule[]).find(
      ({ match }) => match === undefined,
    ) ?? {};
  return Object.fromEntries([
    ...route.map(({ destination, weight }) => [destination.subset, weight]),
    ...backendRefs.map(({ name, weight }) => [name.split('-').at(-1), weight]),
  ]);
}

function takenPatch(object: {
  metadata: { name: string };
  spec?: { http?: unknown; rules?: unknown };
}): TakenPatch {
  return {
    name: object.metadata.name,
    weights: weightsOf(object),
    at: performance.now(),
  };
}
