import { createServer, request } from 'node:http';
import { once } from 'node:events';
import { freePort } from './ports.mjs';

/**
 * Stands where the proxy of a portal under a path does: it takes the path away, since Backstage's backend serves at the root.
 * Gives its port and a function that stops it.
 */
export async function startPathProxy({ path, port }) {
  const server = createServer((from, to) => {
    if (!from.url.startsWith(`${path}/`) && from.url !== path) {
      to.writeHead(404).end('outside of the portal');
      return;
    }
    const onward = request(
      {
        host: '127.0.0.1',
        port,
        method: from.method,
        path: from.url.slice(path.length) || '/',
        headers: from.headers,
      },
      answer => {
        to.writeHead(answer.statusCode, answer.headers);
        answer.pipe(to);
      },
    );
    onward.on('error', () => to.destroy());
    from.pipe(onward);
  });
  server.listen(await freePort(), '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
