import { createServer } from 'node:net';

function listenOn(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: found } = server.address();
      server.close(() => resolve(found));
    });
  });
}

/** Below those that systems give to outgoing connections, one of which could take a port before whoever it was found for. */
const [FIRST, LAST] = [15_000, 29_999];
const anyPort = () => FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));

/** The wanted port if it is free, else any that is; 0 wants any. */
export async function freePort(wanted = 0) {
  for (let tries = 0; tries < 20; tries++) {
    try {
      return await listenOn((tries === 0 && wanted) || anyPort());
    } catch (error) {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') {
        throw error;
      }
    }
  }
  return await listenOn(0);
}
