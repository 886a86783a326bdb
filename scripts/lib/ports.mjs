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

/** The wanted port if it is free, else any that is. */
export async function freePort(wanted = 0) {
  try {
    return await listenOn(wanted);
  } catch (error) {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') {
      throw error;
    }
    return await listenOn(0);
  }
}
