import { SourceError } from '../target/SourceError';
import {
  Answer,
  json,
  raw,
  ScriptedPrometheus,
  vector,
} from './__testUtils__/ScriptedPrometheus';

describe('HttpPrometheusClient and an answer of no use', () => {
  let prometheus: ScriptedPrometheus;

  beforeEach(async () => {
    prometheus = await new ScriptedPrometheus().start();
  });

  afterEach(() => prometheus.stop());

  async function failure(promise: Promise<unknown>): Promise<SourceError> {
    const error = await promise.then(
      () => undefined,
      reason => reason,
    );
    expect(error).toBeInstanceOf(SourceError);
    return error;
  }

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
    [
      'a million lists in each other',
      raw(`{"status":"success","data":${'['.repeat(1_000_000)}`),
      'source-unreachable',
      'nested more than 200 deep',
    ],
    [
      'a label longer than any',
      json({
        status: 'success',
        data: {
          resultType: 'vector',
          result: [{ metric: { a: 'x'.repeat(16_001) }, value: [1, '2'] }],
        },
      }),
      'source-unreachable',
      'a label of more than 16000 characters',
    ],
    [
      'a name of a label longer than any',
      json({
        status: 'success',
        data: {
          resultType: 'vector',
          result: [{ metric: { ['x'.repeat(16_001)]: 'a' }, value: [1, '2'] }],
        },
      }),
      'source-unreachable',
      'a label of more than 16000 characters',
    ],
    [
      'more buckets than any native histogram has',
      json({
        status: 'success',
        data: {
          resultType: 'vector',
          result: [
            {
              metric: {},
              histogram: [1, { count: '1', buckets: Array(5001).fill([]) }],
            },
          ],
        },
      }),
      'source-unreachable',
      'result.0.histogram.buckets: more than 5000 buckets',
    ],
    [
      'more labels than any series has',
      json({
        status: 'success',
        data: {
          resultType: 'vector',
          result: [
            {
              metric: Object.fromEntries(
                Array.from({ length: 1001 }, (_, n) => [`a${n}`, 'x']),
              ),
              value: [1, '2'],
            },
          ],
        },
      }),
      'source-unreachable',
      'labels > 1000',
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
    prometheus.answer = given;
    const error = await failure(prometheus.client().query('up'));
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
    prometheus.answer = given;
    const started = Date.now();
    const error = await failure(
      prometheus.client({ timeoutMs: 300 }).query('up'),
    );
    expect(Date.now() - started).toBeLessThan(2000);
    expect(error.reason).toBe('source-unreachable');
    expect(error.message).toContain('did not answer within 0.3 s');
  });

  it('stops reading an answer that is too large', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    let sent = 0;
    prometheus.answer = (_, response) => {
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
    const error = await failure(
      prometheus.client({ timeoutMs: 20_000 }).query('up'),
    );
    expect(error.message).toContain('answered with more than 8 MB');
    expect(sent).toBeLessThan(200);
  });

  it('says that nothing listens there', async () => {
    const present = prometheus.client();
    await prometheus.stop();
    const error = await failure(present.query('up'));
    expect(error.message).toContain(
      'cannot be reached: nothing listens there (ECONNREFUSED)',
    );
  });

  it('says which file is missing, when it is asked and not before', async () => {
    const present = prometheus.client({
      tls: { caFile: '/no/such', skipVerify: false },
    });
    const error = await failure(present.query('up'));
    expect(error.message).toContain('the file such cannot be read (ENOENT)');
  });

  it('repeats no credential that the server repeats', async () => {
    prometheus.answer = (request, response) => {
      response
        .writeHead(500)
        .end(
          `bad ${request.headers.authorization} ${request.headers['x-key']}`,
        );
    };
    const error = await failure(
      prometheus
        .client({
          auth: { type: 'bearer', token: 'tok-en' },
          headers: { 'X-Key': 'k3y-value' },
        })
        .query('up'),
    );
    expect(error.message).not.toMatch(/tok-en|k3y-value/);
    expect(error.message).toContain('[redacted]');
  });

  it.each([250, 270, 280, 290, 295, 299])(
    'repeats no part of one that begins at letter %i of what it says',
    async at => {
      const token = 'planted-secret-0123456789';
      prometheus.answer = json(
        { status: 'error', error: `${'x'.repeat(at)}${token} and more` },
        422,
      );
      const error = await failure(
        prometheus.client({ auth: { type: 'bearer', token } }).query('up'),
      );
      expect(error.message).toContain('xxx');
      expect(error.message).not.toContain('planted');
      expect(error.message).not.toContain('pla');
    },
  );

  it('repeats a sentence of a long lament', async () => {
    prometheus.answer = json({
      status: 'error',
      error: 'too much '.repeat(100_000),
    });
    const error = await failure(prometheus.client().query('up'));
    expect(error.message.length).toBeLessThan(1100);
  });
});
