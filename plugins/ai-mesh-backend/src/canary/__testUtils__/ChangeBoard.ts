import { createHmac } from 'crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'http';
import type { AddressInfo } from 'net';
import type { WebhookSettings } from '../../config/settings';
import type { WebhookEvent, WebhookMemory } from '../machine';

type Verdict = WebhookMemory['verdict'];

/** One request that it got; those of one id are one call. */
export interface BoardCall {
  id: string;
  event: WebhookEvent;
  canary: string;
  toPercent?: number;
  verdict: Verdict;
  /** By the process's own clock, milliseconds; absent where it never answered. */
  answeredAt?: number;
}

const SECRET = 'a secret of sixteen characters and more';

/**
 * A service of somebody else's that canaries ask before they go on, and tell how they ended, over HTTP as anybody's. Its
 * evaluations are what a gate in code may ask for.
 */
export class ChangeBoard {
  readonly calls: BoardCall[] = [];
  /** Requests that nobody who knows the secret has sent. */
  readonly forged: string[] = [];
  /** What it says; the same for the same id, as of anybody who keeps ids. */
  says: (call: Omit<BoardCall, 'verdict'>) => Verdict = () => 'go';
  /** Before it answers; `lost` cuts the connection. */
  beforeAnswer: (
    asked: 'call' | 'evaluation',
  ) => 'answers' | 'lost' | Promise<'answers' | 'lost'> = () => 'answers';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ChangeBoard> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const board = new ChangeBoard(server);
    server.on('request', (request, response) => {
      board.#answer(request, response).catch(() => request.socket.destroy());
    });
    return board;
  }

  /** As `aiMesh.canary.webhooks` has it. */
  get webhook(): WebhookSettings {
    return {
      name: 'change-board',
      events: [
        'before-start',
        'before-step',
        'after-promotion',
        'on-roll-back',
      ],
      url: `${this.#url}/calls`,
      secret: SECRET,
      timeoutMs: 10_000,
      retries: 2,
      tls: { skipVerify: false },
    };
  }

  get evaluations(): string {
    return `${this.#url}/evaluations`;
  }

  get #url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Each call once, in the order in which they came. */
  callsOf(canary: string): BoardCall[] {
    const calls = this.calls.filter(call => call.canary === canary);
    return calls.filter(
      ({ id }, i) => calls.findIndex(call => call.id === id) === i,
    );
  }

  /** Whether it had answered `go` to that share by then. */
  hasAllowed(canary: string, percent: number, at: number): boolean {
    return this.calls.some(
      ({ answeredAt = Infinity, ...call }) =>
        call.canary === canary &&
        call.toPercent === percent &&
        call.verdict === 'go' &&
        answeredAt <= at,
    );
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => {
      this.server.close(resolve);
    });
    this.server.closeAllConnections();
    await closed;
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const call =
      request.url === '/calls'
        ? this.#take(request, Buffer.concat(chunks).toString())
        : undefined;
    const fate = await this.beforeAnswer(call ? 'call' : 'evaluation');
    if (fate === 'lost') {
      request.socket.destroy();
      return;
    }
    if (call) {
      call.answeredAt = performance.now();
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(call ? { verdict: call.verdict } : { score: 0.7 }),
    );
  }

  #take({ headers }: IncomingMessage, text: string): BoardCall {
    const [id, at, signature] = ['id', 'timestamp', 'signature'].map(
      name => headers[`webhook-${name}`],
    );
    const hmac = createHmac('sha256', SECRET).update(`${id}.${at}.${text}`);
    if (signature !== `v1,${hmac.digest('base64')}`) {
      this.forged.push(text);
    }
    const { event, canary } = JSON.parse(text);
    const asked = {
      id: String(id),
      event,
      canary: canary.id,
      toPercent: canary.toPercent,
    };
    const call = { ...asked, verdict: this.says(asked) };
    this.calls.push(call);
    return call;
  }
}
