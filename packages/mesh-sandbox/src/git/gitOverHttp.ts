import { spawn } from 'child_process';
import { Request, RequestHandler, Response } from 'express';
import { GitAccess } from './GitAccess';
import { Repository } from './Repository';
import { gitEnv } from './runGit';

export interface GitOverHttpOptions {
  repository: Repository;
  access: GitAccess;
  /** Hears that somebody has pushed. */
  onPush(): void;
}

/** Git's own HTTP protocol, to clone, fetch and push: by `git http-backend`, which talks CGI (RFC 3875). */
export function gitOverHttp({
  repository,
  access,
  onPush,
}: GitOverHttpOptions): RequestHandler {
  return (request, response) => {
    const mayPush = access.permits(request, 'write');
    if (mayPush === undefined) {
      response
        .status(401)
        .set('WWW-Authenticate', 'Basic realm="mesh-sandbox"')
        .send('a token is needed, as the password\n');
      return;
    }
    const { pathname, search } = new URL(request.url, 'http://sandbox');
    const child = spawn('git', ['http-backend'], {
      env: {
        ...gitEnv,
        GIT_PROJECT_ROOT: repository.folder,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        ...(request.headers['content-encoding'] && {
          HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        }),
        ...(request.headers['git-protocol'] && {
          GIT_PROTOCOL: String(request.headers['git-protocol']),
        }),
        // Without a user it refuses pushes.
        ...(mayPush && { REMOTE_USER: 'writer' }),
      } as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.once('error', error => {
      response.status(500).send(`there is no git: ${error.message}\n`);
    });
    // What Git does not read any more it has refused.
    child.stdin.on('error', () => {});
    request.pipe(child.stdin);
    response.once('close', () => child.kill());
    passOn(child.stdout, response);
    child.once('close', () => {
      if (isPush(request)) {
        onPush();
      }
    });
  };
}

/** CGI's answer: headers, an empty line, the body. */
function passOn(stdout: NodeJS.ReadableStream, response: Response): void {
  let head = Buffer.alloc(0);
  let isBody = false;
  stdout.on('data', (chunk: Buffer) => {
    if (isBody) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) {
      return;
    }
    isBody = true;
    for (const line of head.subarray(0, end).toString().split('\r\n')) {
      const colon = line.indexOf(':');
      const [name, value] = [
        line.slice(0, colon),
        line.slice(colon + 1).trim(),
      ];
      if (name.toLowerCase() === 'status') {
        response.status(Number.parseInt(value, 10));
      } else {
        response.setHeader(name, value);
      }
    }
    response.write(head.subarray(end + 4));
  });
  stdout.on('end', () => response.end());
}

function isPush(request: Request): boolean {
  return (
    request.method === 'POST' && request.path.endsWith('/git-receive-pack')
  );
}
