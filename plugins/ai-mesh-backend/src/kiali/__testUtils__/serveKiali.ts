import { createHash } from 'crypto';
import type { IncomingMessage, ServerResponse } from 'http';
import { serve, type TestServer } from '../../target/__testUtils__/serve';

/** How a Kiali of a test's own behaves. */
export interface KialiBehaviour {
  strategy?: 'anonymous' | 'token' | 'header' | 'openid' | 'ldap';
  version?: string;
  webRoot?: string;
  token?: string;
  /** Whether the status can be read without a session, as older versions have it. */
  openStatus?: boolean;
  /** Answers by path under `/api`; a function may look at the query. */
  answers?: Record<
    string,
    unknown | ((query: URLSearchParams) => Answer | undefined)
  >;
}

export interface Answer {
  status?: number;
  /** Sent as it is where it is a text, else as JSON. */
  body: unknown;
  contentType?: string;
}

export interface TestKiali extends TestServer {
  /** Paths with queries that were asked for, in order. */
  asked: string[];
  logins: Date[];
  /** Ends every session, as a restart of Kiali does. */
  endSessions(): void;
}

/** Emulates the ways in which Kiali signs people in and refuses them. */
export async function serveKiali(
  behaviour: KialiBehaviour = {},
): Promise<TestKiali> {
  const {
    strategy = 'anonymous',
    version = 'v2.11.0',
    webRoot = '/kiali',
    token = 'a-good-token',
    openStatus = strategy === 'anonymous',
    answers = {},
  } = behaviour;
  let generation = 0;
  const asked: string[] = [];
  const logins: Date[] = [];
  const session = () =>
    createHash('sha256').update(`${token} ${generation}`).digest('hex');
  const listener = async (
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const url = new URL(request.url ?? '/', 'http://kiali');
    asked.push(`${request.method} ${request.url}`);
    const reply = ({ status = 200, body, contentType }: Answer) => {
      response.writeHead(status, {
        'content-type':
          contentType ??
          (typeof body === 'string' ? 'text/plain' : 'application/json'),
      });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    if (!url.pathname.startsWith(`${webRoot}/api/`)) {
      reply({
        status: 404,
        body: '<html>not here</html>',
        contentType: 'text/html',
      });
      return;
    }
    const path = url.pathname.slice(`${webRoot}/api`.length);
    if (path === '/auth/info') {
      reply({ body: { strategy, sessionInfo: {} } });
      return;
    }
    if (path === '/authenticate') {
      let form = '';
      for await (const chunk of request) {
        form += chunk;
      }
      if (new URLSearchParams(form).get('token') !== token) {
        reply({
          status: 401,
          body: { error: 'Token is not valid or is expired', detail: form },
        });
        return;
      }
      logins.push(new Date());
      // A large session comes in pieces.
      response.setHeader('set-cookie', [
        `kiali-token-east=${session().slice(0, 32)}; Path=${webRoot}; HttpOnly; SameSite=Strict`,
        `kiali-token-east-1=${session().slice(32)}; Path=${webRoot}; HttpOnly; SameSite=Strict`,
      ]);
      reply({ body: { username: 'portal' } });
      return;
    }
    const cookies = request.headers.cookie ?? '';
    const signedIn =
      strategy === 'anonymous' ||
      (strategy === 'header'
        ? request.headers.authorization === `Bearer ${token}`
        : cookies.includes(`kiali-token-east=${session().slice(0, 32)}`) &&
          cookies.includes(`kiali-token-east-1=${session().slice(32)}`));
    if (!signedIn && !(path === '/status' && openStatus)) {
      reply({ status: 401, body: 'Unauthorized\n' });
      return;
    }
    if (path === '/status') {
      reply({
        body: {
          status: { 'Kiali version': version, 'Kiali state': 'running' },
          externalServices: [],
        },
      });
      return;
    }
    const answer = answers[path];
    const body =
      typeof answer === 'function'
        ? answer(url.searchParams)
        : { body: answer };
    reply(
      body?.body === undefined
        ? { status: 404, body: { error: 'not found' } }
        : body,
    );
  };
  return {
    asked,
    logins,
    endSessions: () => {
      generation += 1;
    },
    ...(await serve((request, response) => void listener(request, response))),
  };
}
