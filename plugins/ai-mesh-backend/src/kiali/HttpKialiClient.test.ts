import { serve } from '../target/__testUtils__/serve';
import { SourceError } from '../target/SourceError';
import {
  serveKiali,
  type KialiBehaviour,
  type TestKiali,
} from './__testUtils__/serveKiali';
import { HttpKialiClient } from './HttpKialiClient';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()));
});

async function kialiThat(
  behaviour: KialiBehaviour = {},
  options: { token?: string; path?: string } = {},
): Promise<{ kiali: TestKiali; client: HttpKialiClient }> {
  const kiali = await serveKiali(behaviour);
  stops.push(() => kiali.stop());
  return {
    kiali,
    client: new HttpKialiClient({
      baseUrl: `${kiali.url}${options.path ?? ''}`,
      clusterName: 'east',
      timeoutMs: 2000,
      ...(options.token !== undefined && { token: options.token }),
    }),
  };
}

async function failureOf(answer: Promise<unknown>): Promise<SourceError> {
  const error = await answer.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SourceError);
  return error as SourceError;
}

const chatIsHealthy = {
  '/clusters/health': {
    namespaceServiceHealth: {
      ai: { chat: { status: { status: 'Healthy' } } },
    },
  },
};
const healthyChat = [{ namespace: 'ai', service: 'chat', status: 'healthy' }];

describe('HttpKialiClient', () => {
  describe('finding its way in', () => {
    it.each([
      ['the web root under the configured URL', '/kiali', ''],
      ['the configured URL', '/kiali', '/kiali'],
      ['the configured URL with a slash', '/kiali', '/kiali/'],
      ['no web root', '', ''],
      ['a web root of its own', '/mesh', '/mesh'],
    ])('finds Kiali at %s', async (_, webRoot, path) => {
      const { client } = await kialiThat(
        { webRoot, answers: chatIsHealthy },
        { path },
      );
      expect(await client.version()).toBe('v2.11.0');
      expect(await client.health(['ai'])).toEqual(healthyChat);
    });

    it('looks for the web root once', async () => {
      const { kiali, client } = await kialiThat({ answers: chatIsHealthy });
      await Promise.all([client.health(['ai']), client.health(['ai'])]);
      await client.health(['ai']);
      expect(
        kiali.asked.filter(path => path.includes('/api/status')),
      ).toHaveLength(2);
    });

    it.each(['header', 'token'] as const)(
      'signs in with a token (%s)',
      async strategy => {
        const { client } = await kialiThat(
          { strategy, answers: chatIsHealthy },
          { token: 'a-good-token' },
        );
        expect(await client.health(['ai'])).toEqual(healthyChat);
      },
    );

    it('signs in where the status is open but nothing else', async () => {
      const { client } = await kialiThat(
        { strategy: 'token', openStatus: true, answers: chatIsHealthy },
        { token: 'a-good-token' },
      );
      expect(await client.health(['ai'])).toEqual(healthyChat);
    });

    it('signs in again, once for all, when the session has ended', async () => {
      const { kiali, client } = await kialiThat(
        { strategy: 'token', answers: chatIsHealthy },
        { token: 'a-good-token' },
      );
      await client.health(['ai']);
      kiali.endSessions();
      const again = await Promise.all([
        client.health(['ai']),
        client.health(['ai']),
      ]);
      expect(again).toEqual([healthyChat, healthyChat]);
      expect(kiali.logins).toHaveLength(2);
    });

    it('comes back after Kiali was away', async () => {
      const { kiali, client } = await kialiThat({ answers: chatIsHealthy });
      await client.health(['ai']);
      await kiali.stop();
      expect((await failureOf(client.health(['ai']))).reason).toBe(
        'source-unreachable',
      );
      const back = await serve((_, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(chatIsHealthy['/clusters/health']));
      }, kiali.port);
      stops.push(() => back.stop());
      expect(await client.health(['ai'])).toEqual(healthyChat);
    });
  });

  describe('refused', () => {
    it('says which setting is missing', async () => {
      const { client } = await kialiThat({ strategy: 'token' });
      const error = await failureOf(client.health(['ai']));
      expect(error.reason).toBe('forbidden');
      expect(error.message).toContain('set kiali.token');
      expect(error.message).toContain("cluster 'east'");
    });

    it('says that the token is wrong, without saying the token', async () => {
      const { client } = await kialiThat(
        { strategy: 'token' },
        { token: 'a-wrong-token' },
      );
      const error = await failureOf(client.health(['ai']));
      expect(error.reason).toBe('forbidden');
      expect(error.message).toContain('did not accept the token');
      expect(error.message).toContain('Token is not valid or is expired');
      expect(error.message).not.toContain('a-wrong-token');
    });

    it('says that a browser is needed for OpenID', async () => {
      const { client } = await kialiThat(
        { strategy: 'openid' },
        { token: 'a-good-token' },
      );
      const error = await failureOf(client.validations(['ai']));
      expect(error.reason).toBe('forbidden');
      expect(error.message).toContain('OpenID');
    });

    it('names a way to sign in that it does not know', async () => {
      const { client } = await kialiThat({ strategy: 'ldap' });
      expect((await failureOf(client.version())).message).toContain('ldap');
    });

    it.each([
      ['a JSON text', JSON.stringify('namespace [ai] is not accessible')],
      ['an object', { error: 'namespace [ai] is not accessible' }],
      ['plain text', 'namespace [ai] is not accessible\n'],
    ])('reads a 403 that is %s', async (_, body) => {
      const { client } = await kialiThat({
        answers: { '/clusters/health': () => ({ status: 403, body }) },
      });
      const error = await failureOf(client.health(['ai']));
      expect(error.reason).toBe('forbidden');
      expect(error.message).toContain('namespace [ai] is not accessible');
      expect(error.message).not.toMatch(/["{]/);
    });

    it('shows what may be seen when one of several namespaces may not', async () => {
      const { client } = await kialiThat({
        answers: {
          '/clusters/health': (query: URLSearchParams) =>
            query.get('namespaces')?.includes('secret')
              ? { status: 403, body: JSON.stringify('no') }
              : { body: chatIsHealthy['/clusters/health'] },
        },
      });
      expect(await client.health(['ai', 'secret'])).toEqual(healthyChat);
      expect(
        (await failureOf(client.health(['secret', 'secret2']))).reason,
      ).toBe('forbidden');
    });
  });

  describe('answered badly', () => {
    it.each<
      [string, { status?: number; body: unknown; contentType?: string }, string]
    >([
      [
        'a web page',
        { body: '<html></html>', contentType: 'text/html' },
        'web page',
      ],
      ['half a JSON', { body: '{"namespaceServiceHealth": {' }, 'breaks off'],
      [
        'another form',
        { body: { namespaceServiceHealth: { ai: 7 } } },
        'namespaceServiceHealth.ai',
      ],
      [
        'a bad request',
        { status: 400, body: { error: 'unknown query parameter' } },
        'unknown query parameter',
      ],
      [
        'an error',
        { status: 500, body: { error: 'boom', detail: 'loud' } },
        'boom loud',
      ],
      ['an absence', { status: 503, body: '<html>' }, 'not available'],
      ['a redirect', { status: 302, body: '' }, 'redirects'],
    ])('says so with %s', async (_, answer, words) => {
      const { client } = await kialiThat({
        answers: { '/clusters/health': () => answer },
      });
      const error = await failureOf(client.health(['ai']));
      expect(error.reason).toBe('source-unreachable');
      expect(error.message).toContain(words);
    });

    it('says where it looked when there is no Kiali', async () => {
      const server = await serve((_, response) => {
        response.setHeader('content-type', 'text/html');
        response.end('<html>welcome</html>');
      });
      stops.push(() => server.stop());
      const client = new HttpKialiClient({
        baseUrl: server.url,
        clusterName: 'east',
      });
      const { message } = await failureOf(client.health(['ai']));
      expect(message).toContain(`${server.url}/api/status`);
      expect(message).toContain(`${server.url}/kiali/api/status`);
    });

    it('is not misled by something else that refuses at the configured URL', async () => {
      const kiali = await serveKiali({ answers: chatIsHealthy });
      const front = await serve((request, response) => {
        const isKiali = request.url?.startsWith('/kiali/');
        response.writeHead(isKiali ? 200 : 401, {
          'content-type': 'application/json',
        });
        if (!isKiali) {
          response.end('{"kind":"Status","code":401}');
          return;
        }
        void fetch(`${kiali.url}${request.url}`)
          .then(answer => answer.text())
          .then(body => response.end(body));
      });
      stops.push(
        () => front.stop(),
        () => kiali.stop(),
      );
      const client = new HttpKialiClient({
        baseUrl: front.url,
        clusterName: 'east',
      });
      expect(await client.health(['ai'])).toEqual(healthyChat);
    });

    it('does not wait for ever', async () => {
      const server = await serve(() => undefined);
      stops.push(() => server.stop());
      const client = new HttpKialiClient({
        baseUrl: server.url,
        clusterName: 'east',
        timeoutMs: 100,
      });
      const error = await failureOf(client.health(['ai']));
      expect(error.reason).toBe('source-unreachable');
      expect(error.message).toContain('within 0.1 s');
    });

    it('says that nothing listens', async () => {
      const server = await serve(() => undefined);
      await server.stop();
      const client = new HttpKialiClient({
        baseUrl: server.url,
        clusterName: 'east',
      });
      expect((await failureOf(client.version())).message).toContain(
        'nothing listens there',
      );
    });
  });
});
