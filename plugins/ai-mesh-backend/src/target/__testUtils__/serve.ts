import { once } from 'events';
import { createServer, RequestListener } from 'http';
import { AddressInfo } from 'net';

/** A server of a test's own, on a free port of the loopback interface. */
export interface TestServer {
  url: string;
  port: number;
  /** Ends every connection, as a server does that dies. */
  stop(): Promise<void>;
}

/** @param port - a port that was free a moment ago: to come back where a server was before */
export async function serve(
  listener: RequestListener,
  port = 0,
): Promise<TestServer> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    async stop() {
      if (server.listening) {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await closed;
      }
    },
  };
}
