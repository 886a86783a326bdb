import { connect, createServer, type Server, type Socket } from 'net';
import type { AddressInfo } from 'net';

/** Stands before a server and can cut it off, as a network does. */
export class TcpGate {
  #open = true;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(host: string, port: number): Promise<TcpGate> {
    const server = createServer();
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const gate = new TcpGate(server);
    server.on('connection', client => gate.#pass(client, host, port));
    return gate;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.#open = false;
    this.#sockets.forEach(socket => socket.destroy());
  }

  open(): void {
    this.#open = true;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => {
      this.server.close(resolve);
    });
    this.close();
    await closed;
  }

  #pass(client: Socket, host: string, port: number): void {
    if (!this.#open) {
      client.destroy();
      return;
    }
    const upstream = connect(port, host);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ]) {
      this.#sockets.add(socket);
      socket.pipe(other);
      // Its close says all that there is to say.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
