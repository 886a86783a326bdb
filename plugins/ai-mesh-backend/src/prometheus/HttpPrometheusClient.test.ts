import { IncomingMessage, ServerResponse } from 'http';
import { text } from 'stream/consumers';
import type { PrometheusSettings } from '../config/settings';
import { SourceError } from '../target/SourceError';
import { serve, TestServer } from '../target/__testUtils__/serve';
import { HttpPrometheusClient } from './HttpPrometheusClient';

type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  form: URLSearchParams,
) => void;

interface Seen {
  path?: string;
  method?: string;
  headers: IncomingMessage['headers'];
  form: Record<string, string>;
}

const vector = (result: unknown[]) => ({
  status: 'success',
  data: { resultType: 'vector', result },
});

describe('HttpPrometheusClient', () => {
  let server: TestServer;
  let answer: Answer;
  let seen: Seen[];

  beforeEach(async () => {
    seen = [];
    answer = json(vector([]));
    server = await serve(async (request, response) => {
      const form = new URLSearchParams(await text(request));
      seen.push({
        path: request.url,
        method: request.method,
        headers: request.headers,
        form: Object.fromEntries(form),
      });
      answer(request, response, form);
    });
  });

  afterEach(() => server.stop());

  function json(body: unknown, status = 200, headers = {}): Answer {
    return raw(JSON.stringify(body), status, {
      'content-type': 'application/json',
      ...headers,
    });
  }

  function raw(body: string, status = 200, headers = {}): Answer {
    return (_, response) => {
      response.writeHead(status, headers).end(body);
    };
  }

  function client(settings: Partial<PrometheusSettings> = {}) {
    return new HttpPrometheusClient({
      cluster: 'demo',
      settings: {
        url: server.url,
        auth: { type: 'none' },
        headers: {},
        extraLabels: {},
        tls: { skipVerify: false },
        timeoutMs: 2000,
        cacheTtlMs: 10_000,
        ...settings,
      },
    });
  }

  async function failure(promise: Promise<unknown>): Promise<SourceError> {
    const error = await promise.then(
      () => undefined,
      reason => reason,
    );
    expect(error).toBeInstanceOf(SourceError);
    return error;
  }

  it('asks by POST and reads samples, warnings and remarks', async () => {
    answer = json({
      ...vector([
        { metric: { a: 'x' }, value: [1700000000.5, '1.5e+06'] },
        { metric: {}, value: [1700000000, 'NaN'] },
        { metric: {}, value: [1700000000, '+Inf'] },
        { metric: {}, value: [1700000000, '-Inf'] },
        { metric: { native: 'yes' }, histogram: [1700000000, {}] },
      ]),
      warnings: ['a store is away'],
      infos: ['might not be a counter'],
    });
    const result = await client().query('sum(up)');
    expect(seen[0]).toMatchObject({
      path: '/api/v1/query',
      method: 'POST',
      form: { query: 'sum(up)', timeout: '2000ms' },
    });
    expect(result).toEqual({
      promql: 'sum(up)',
      samples: [
        { labels: { a: 'x' }, value: 1_500_000, timestamp: 1700000000.5 },
        { labels: {}, value: NaN, timestamp: 1700000000 },
        { labels: {}, value: Infinity, timestamp: 1700000000 },
        { labels: {}, value: -Infinity, timestamp: 1700000000 },
      ],
      warnings: ['a store is away'],
      infos: ['might not be a counter'],
      observedAt: expect.any(Date),
    });
  });

  it('reads a scalar', async () => {
    answer = json({
      status: 'success',
      data: { resultType: 'scalar', result: [1, '2'] },
    });
    expect((await client().query('1 + 1')).samples).toEqual([
      { labels: {}, value: 2, timestamp: 1 },
    ]);
  });

  it('asks for a range on multiples of its step', async () => {
    answer = json({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { a: 'x' },
            values: [
              [60, '1'],
              [120, 'NaN'],
            ],
          },
        ],
      },
    });
    const result = await client().queryRange('up', {
      start: new Date(61_000),
      end: new Date(179_999),
      stepSeconds: 60,
    });
    expect(seen[0]).toMatchObject({
      path: '/api/v1/query_range',
      form: { query: 'up', start: '60', end: '120', step: '60' },
    });
    expect(result.series).toEqual([
      {
        labels: { a: 'x' },
        values: [
          [60, 1],
          [120, NaN],
        ],
      },
    ]);
  });

  it('sends credentials, tenant, headers and extra labels', async () => {
    const result = await client({
      auth: { type: 'bearer', token: 'tok-en' },
      tenant: 'team-a',
      headers: { 'X-Team': 'b' },
      extraLabels: { cluster: 'eu' },
    }).query('sum(up)');
    expect(seen[0].headers).toMatchObject({
      authorization: 'Bearer tok-en',
      'x-scope-orgid': 'team-a',
      'x-team': 'b',
    });
    expect(seen[0].form.query).toBe('sum(up{cluster="eu"})');
    expect(result.promql).toBe('sum(up{cluster="eu"})');
    await client({
      auth: { type: 'basic', username: 'u', password: 'p' },
    }).query('up');
    expect(seen[1].headers.authorization).toBe('Basic dTpw');
  });

  it('asks again where a decision needs the present answer', async () => {
    const cached = client({ cacheTtlMs: 60_000 });
    await cached.query('up');
    await cached.query('up');
    expect(seen).toHaveLength(1);
    await cached.query('up', { fresh: true });
    expect(seen).toHaveLength(2);
  });

  it('asks once for many who ask at once, and again when the answer is old', async () => {
    const cached = client({ cacheTtlMs: 200 });
    const results = await Promise.all(
      Array.from({ length: 20 }, () => cached.query('up')),
    );
    await cached.query('up');
    expect(seen).toHaveLength(1);
    expect(new Set(results).size).toBe(1);
    await new Promise(resolve => setTimeout(resolve, 250));
    await cached.query('up');
    expect(seen).toHaveLength(2);
  });

  it('does not keep a failure', async () => {
    const present = client();
    answer = raw('', 503);
    await failure(present.query('up'));
    answer = json(vector([]));
    await expect(present.query('up')).resolves.toMatchObject({ samples: [] });
  });

  it('lets one give up without the others, and stops when all have', async () => {
    let open: ServerResponse | undefined;
    answer = (_, response) => {
      open = response;
    };
    const present = client();
    const first = new AbortController();
    const second = new AbortController();
    const a = present.query('up', { signal: first.signal });
    const b = present.query('up', { signal: second.signal });
    while (!open) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    first.abort(new Error('left'));
    await expect(a).rejects.toThrow('left');
    json(vector([]))({} as IncomingMessage, open, new URLSearchParams());
    await expect(b).resolves.toMatchObject({ samples: [] });

    const closed = new Promise(resolve => {
      answer = (_, response) => response.on('close', resolve);
    });
    const third = new AbortController();
    const c = present.query('other', { signal: third.signal });
    setTimeout(() => third.abort(new Error('left')), 50);
    await expect(c).rejects.toThrow('left');
    await closed;
    expect(seen).toHaveLength(2);
  });

  const html = '<!doctype html><title>Sign in</title>';
  it.each<[string, Answer, SourceError['reason'], string]>([
    [
      'a web page',
      raw(html, 200, { 'content-type': 'text/html' }),
      'source-unreachable',
      'answered with a web page instead of JSON (200)',
    ],
    [
      'a web page in disguise',
      raw(html),
      'source-unreachable',
      'answered with a web page',
    ],
    [
      'half a JSON',
      raw('{"status":"success","data":{"resultTy'),
      'source-unreachable',
      'JSON that breaks off',
    ],
    ['nothing', raw(''), 'source-unreachable', 'JSON that breaks off'],
    [
      'JSON of something else',
      json([1, 2]),
      'source-unreachable',
      "not in Prometheus' format",
    ],
    [
      'a number that is none',
      json(vector([{ metric: {}, value: [1, 'many'] }])),
      'source-unreachable',
      "not in Prometheus' format (at result.0.value.1)",
    ],
    [
      'a matrix where a vector was asked for',
      json({ status: 'success', data: { resultType: 'matrix', result: [] } }),
      'source-unreachable',
      "not in Prometheus' format",
    ],
    [
      'status error',
      json({ status: 'error', errorType: 'execution', error: 'too much' }),
      'source-unreachable',
      'could not run the query: too much',
    ],
    [
      '401',
      raw('no', 401),
      'forbidden',
      "refused the portal's credentials (401)",
    ],
    [
      '403 as a web page',
      raw(html, 403, { 'content-type': 'text/html' }),
      'forbidden',
      "refused the portal's credentials (403)",
    ],
    [
      '422',
      json({ status: 'error', error: 'query \\"x\\" is "heavy"' }, 422),
      'source-unreachable',
      'could not run the query (422): query',
    ],
    [
      '429',
      raw('', 429, { 'retry-after': '7' }),
      'source-unreachable',
      'too many requests at present (429); it asks to wait 7 s',
    ],
    [
      '503',
      json({ status: 'error', error: 'starting up' }, 503),
      'source-unreachable',
      'not available at present (503): starting up',
    ],
    [
      '404',
      raw('404 page not found', 404),
      'source-unreachable',
      'the path before /api/v1 may be missing',
    ],
    ['500', raw('oops', 500), 'source-unreachable', 'failed (500): oops'],
    [
      'a redirect',
      raw('', 302, { location: 'https://sso.example.com/in?ticket=s3cret' }),
      'source-unreachable',
      'redirects to https://sso.example.com/in instead of answering (302)',
    ],
    [
      'a broken connection',
      (_, response) => response.destroy(),
      'source-unreachable',
      'cannot be reached: it closed the connection',
    ],
    [
      'the beginning of an answer',
      (_, response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('{"status":');
        setTimeout(() => response.destroy(), 50);
      },
      'source-unreachable',
      'cannot be reached',
    ],
  ])('has no use for %s', async (_, given, reason, message) => {
    answer = given;
    const error = await failure(client().query('up'));
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^Prometheus of the cluster 'demo'/);
    expect(error.message).not.toContain('s3cret');
  });

  it.each<[string, Answer]>([
    ['says nothing', () => {}],
    [
      'stops half-way',
      (_, response) => {
        response.writeHead(200).write('{"status":');
      },
    ],
  ])('gives up on a server that %s', async (_, given) => {
    answer = given;
    const started = Date.now();
    const error = await failure(client({ timeoutMs: 300 }).query('up'));
    expect(Date.now() - started).toBeLessThan(2000);
    expect(error.reason).toBe('source-unreachable');
    expect(error.message).toContain('did not answer within 0.3 s');
  });

  it('stops reading an answer that is too large', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    let sent = 0;
    answer = (_, response) => {
      const write = () => {
        while (!response.destroyed && sent < 500) {
          sent += 1;
          if (!response.write(chunk)) {
            response.once('drain', write);
            return;
          }
        }
      };
      write();
    };
    const error = await failure(client({ timeoutMs: 20_000 }).query('up'));
    expect(error.message).toContain('answered with more than 64 MB');
    expect(sent).toBeLessThan(200);
  });

  it('says that nothing listens there', async () => {
    const { url } = server;
    await server.stop();
    const error = await failure(client({ url }).query('up'));
    expect(error.message).toContain(
      'cannot be reached: nothing listens there (ECONNREFUSED)',
    );
  });

  it('says which file is missing, when it is asked and not before', async () => {
    const present = client({ tls: { caFile: '/no/such', skipVerify: false } });
    const error = await failure(present.query('up'));
    expect(error.message).toContain(
      'the file /no/such cannot be read (ENOENT)',
    );
  });

  it('repeats no credential that the server repeats', async () => {
    answer = (request, response) => {
      response
        .writeHead(500)
        .end(
          `bad ${request.headers.authorization} ${request.headers['x-key']}`,
        );
    };
    const error = await failure(
      client({
        auth: { type: 'bearer', token: 'tok-en' },
        headers: { 'X-Key': 'k3y-value' },
      }).query('up'),
    );
    expect(error.message).not.toMatch(/tok-en|k3y-value/);
    expect(error.message).toContain('[redacted]');
  });
});
