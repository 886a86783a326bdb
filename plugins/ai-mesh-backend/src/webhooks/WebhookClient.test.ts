import { createHmac } from 'crypto';
import { once } from 'events';
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'http';
import type { AddressInfo } from 'net';
import { inBothLanguages } from '../canary/gates/__testUtils__/inBothLanguages';
import { type WebhookReply, WebhookClient } from './WebhookClient';

/** Without its words, which say the same in both languages. */
function spoken(reply: WebhookReply) {
  return reply.status === 'failed' ? inBothLanguages(reply) : reply;
}

const SECRET = 'a secret of the change board';

interface Asked {
  url?: string;
  headers: IncomingHttpHeaders;
  body: string;
}

describe('WebhookClient', () => {
  let server: Server;
  let asked: Asked[];
  let answer: (response: ServerResponse, number: number) => void;
  let origin: string;

  beforeEach(async () => {
    asked = [];
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      asked.push({ url: request.url, headers: request.headers, body });
      answer(response, asked.length);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const call = (
    more: Partial<ConstructorParameters<typeof WebhookClient>[0]> = {},
    signal = new AbortController().signal,
  ) =>
    new WebhookClient(
      {
        name: 'change-board',
        events: ['before-step'],
        url: `${origin}/hooks`,
        secret: SECRET,
        timeoutMs: 500,
        retries: 2,
        tls: { skipVerify: false },
        ...more,
      },
      async () => undefined,
    ).call('c1.before-step.3.1', { id: 'c1.before-step.3.1' }, signal);

  const json =
    (value: unknown, status = 200) =>
    (response: ServerResponse) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(value));

  it('signs what it sends, so that the receiver can tell who sent it, when, and that nobody changed it', async () => {
    answer = json({ verdict: 'go' });
    expect(await call()).toEqual({
      status: 'answered',
      body: { verdict: 'go' },
      tries: 1,
    });
    const [{ url, headers, body }] = asked;
    const signed = `c1.before-step.3.1.${headers['webhook-timestamp']}.${body}`;
    expect(url).toBe('/hooks');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': 'c1.before-step.3.1',
      'webhook-signature': `v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`,
    });
    expect(
      Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000),
    ).toBeLessThan(60);
    expect(JSON.parse(body)).toEqual({ id: 'c1.before-step.3.1' });
  });

  it('takes a secret in base64 as the specification writes it', async () => {
    answer = json({ verdict: 'go' });
    const key = Buffer.from('another secret of the board');
    await call({ secret: `whsec_${key.toString('base64')}` });
    const [{ headers, body }] = asked;
    const signed = `c1.before-step.3.1.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
  });

  it('takes an answer without a body', async () => {
    answer = response => response.writeHead(204).end();
    expect(await call()).toEqual({
      status: 'answered',
      body: undefined,
      tries: 1,
    });
  });

  it.each([500, 503, 429])(
    'tries again after a %s, with the same id',
    async status => {
      answer = (response, number) =>
        (number < 3 ? json({}, status) : json({ verdict: 'go' }))(response);
      expect(await call()).toMatchObject({ status: 'answered', tries: 3 });
      expect(asked.map(({ headers }) => headers['webhook-id'])).toEqual(
        Array(3).fill('c1.before-step.3.1'),
      );
    },
  );

  it.each<[string, typeof answer, string, number]>([
    [
      'HTML',
      response =>
        response
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          .end('<html>Sign in</html>'),
      'It answered text/html, and not JSON.',
      1,
    ],
    [
      '200 kB',
      json({ verdict: 'go', reason: 'x'.repeat(200_000) }),
      'It answered with more than 16 kB, which is no verdict.',
      1,
    ],
    [
      'JSON that breaks off',
      response =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"verdict": "go'),
      'It answered JSON that is garbled.',
      1,
    ],
    ['404', json({}, 404), 'It answered 404.', 1],
    ['500 every time', json({}, 500), 'It answered 500.', 3],
    ['nothing', () => undefined, 'It did not answer within 0.5 s.', 3],
    [
      'a beginning, and then nothing',
      response => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"verdict":');
      },
      'It did not answer within 0.5 s.',
      3,
    ],
  ])(
    'says why there is no answer where it answers %s',
    async (_, how, message, tries) => {
      answer = how;
      expect(spoken(await call())).toEqual({
        status: 'failed',
        message,
        tries,
      });
    },
  );

  it('follows no redirect elsewhere', async () => {
    answer = (response, number) =>
      number === 1
        ? response.writeHead(302, { location: `${origin}/other` }).end()
        : json({ verdict: 'go' })(response);
    expect(spoken(await call())).toEqual({
      status: 'failed',
      message:
        'It answered 302: it redirects elsewhere, which is not followed. Configure the address that it leads to.',
      tries: 1,
    });
    expect(asked).toHaveLength(1);
  });

  it('says that nobody listens, without the secret', async () => {
    const reply = await call({ url: 'http://127.0.0.1:1/hooks' });
    expect(reply).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('It cannot be reached: '),
      tries: 3,
    });
    expect(JSON.stringify(reply)).not.toContain(SECRET);
  });

  it('gives up at once where the portal stops', async () => {
    answer = () => undefined;
    const stop = new AbortController();
    const called = call({}, stop.signal);
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await expect(called).rejects.toThrow('stopped');
    expect(asked.length).toBeLessThan(2);
  });
});
