import { createServer, type RequestListener, type Server } from 'http';
import type { AddressInfo } from 'net';

interface Asked {
  host?: string;
  path?: string;
  authorization?: string;
}

/** A server on this machine that keeps what it was asked, and answers as it is told. */
export interface GitServer {
  answer: RequestListener;
  readonly asked: Asked[];
  readonly port: number;
  readonly url: string;
}

/** One for all tests of a file, which forgets before each of them what it was asked. */
export function gitServer(): GitServer {
  let server: Server;
  const git: GitServer = {
    answer: says(404, '{}'),
    asked: [],
    get port() {
      return (server.address() as AddressInfo).port;
    },
    get url() {
      return `http://127.0.0.1:${git.port}`;
    },
  };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { host, authorization } = request.headers;
      git.asked.push({ host, path: request.url, authorization });
      git.answer(request, response);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  beforeEach(() => {
    git.asked.length = 0;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  return git;
}

/** Answers everything alike. */
export function says(
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): RequestListener {
  return (_, response) => {
    response.writeHead(status, headers).end(body);
  };
}
