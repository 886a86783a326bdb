import { request, type IncomingHttpHeaders } from 'http';
import { RunningMeshSandbox, startMeshSandbox } from './startMeshSandbox';

let sandbox: RunningMeshSandbox;

beforeAll(async () => {
  sandbox = await startMeshSandbox({ speed: 0.0001 });
});

afterAll(() => sandbox.stop());

afterEach(() => sandbox.faults.clear());

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** As `fetch`, which would not let a test choose Host, Origin or a strange method. */
function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  const { port } = new URL(sandbox.url);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: {
          'content-length': String(Buffer.byteLength(body ?? '')),
          ...headers,
        },
      },
      response => {
        let text = '';
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: text,
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Of Node, with the paths of this machine. */
const STACK = /node_modules|\n\s+at /;

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

/** Whatever changes something, and whatever tells something, on each surface. */
const doors = [
  ['POST', '/sandbox/scene', form, 'name=bad-canary'],
  ['POST', '/sandbox/faults', json, '{"target":"kiali","type":"hang"}'],
  ['DELETE', '/sandbox/faults', {}, undefined],
  ['GET', '/sandbox', {}, undefined],
  ['GET', '/metrics', {}, undefined],
  ['GET', '/kiali/api/status', {}, undefined],
  ['GET', '/jaeger/api/services', {}, undefined],
  ['GET', '/tempo/api/search', {}, undefined],
  ['GET', '/api/v1/pods', {}, undefined],
] as const;

describe.each(doors)('%s %s', (method, path, headers, body) => {
  it.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'evil.localhost',
    'localhost@evil.example',
    '[::2]',
    '0.0.0.0',
  ])('is refused by the name %j', async host => {
    const { status } = await send(method, path, { ...headers, host }, body);
    expect(status).toBe(403);
    expect(sandbox.stage.current).toBe('normal');
    expect(sandbox.faults.list()).toEqual([]);
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:1' },
    { origin: 'http://127.0.0.1' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  ] as Record<string, string>[])(
    'is refused to a page of another site: %j',
    async stranger => {
      const { status, headers: answered } = await send(
        method,
        path,
        { ...headers, ...stranger },
        body,
      );
      expect(status).toBe(403);
      expect(answered).not.toHaveProperty('access-control-allow-origin');
      expect(sandbox.stage.current).toBe('normal');
      expect(sandbox.faults.list()).toEqual([]);
    },
  );
});

it('lets its own page play a scene', async () => {
  const { host } = new URL(sandbox.url);
  const own = { ...form, host, origin: `http://${host}` };
  const played = await send('POST', '/sandbox/scene', own, 'name=bad-canary');
  expect(played.status).toBe(303);
  expect(sandbox.stage.current).toBe('bad-canary');
  await send('POST', '/sandbox/scene', own, 'name=normal');
});

describe('what makes no sense', () => {
  it.each([
    ['JSON that breaks off', json, '{"name":'],
    ['JSON that is no object', json, '"normal"'],
    ['a name that is no text', json, '{"name":{"toString":1}}'],
    ['a name that is a list', json, '{"name":["normal"]}'],
    ['a name of every object', json, '{"name":"__proto__"}'],
    ['a prototype', json, '{"__proto__":{"name":"bad-canary"}}'],
    ['a name without an end', json, `{"name":"${'a'.repeat(90_000)}"}`],
    ['a body of 2 MB', json, `{"name":"${'a'.repeat(2_000_000)}"}`],
    ['a form of 2 MB', form, `name=${'a'.repeat(2_000_000)}`],
    ['100,000 fields', form, 'a=b&'.repeat(24_000)],
    ['deep brackets', json, `${'['.repeat(40_000)}${']'.repeat(40_000)}`],
    [
      'a strange charset',
      { 'content-type': 'application/json; charset=x' },
      '{}',
    ],
    ['a strange encoding', { ...json, 'content-encoding': 'zip' }, '{}'],
    ['no body', json, undefined],
    ['nothing at all', {}, undefined],
  ] as [string, Record<string, string>, string | undefined][])(
    'is refused in a line as a scene, and as a fault: %s',
    async (_, headers, body) => {
      for (const path of ['/sandbox/scene', '/sandbox/faults']) {
        const answer = await send('POST', path, headers, body);
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
        expect(answer.body.length).toBeLessThan(2000);
        expect(answer.body).not.toMatch(STACK);
      }
      expect(sandbox.stage.current).toBe('normal');
      expect(sandbox.faults.list()).toEqual([]);
    },
  );

  it.each([
    ['PUT', '/sandbox/scene'],
    ['PATCH', '/sandbox/scene'],
    ['DELETE', '/sandbox/scene'],
    ['GET', '/sandbox/scene'],
    ['OPTIONS', '/sandbox/scene'],
    ['TRACE', '/sandbox'],
    ['PROPFIND', '/sandbox/faults'],
    ['DELETE', '/sandbox/faults/%E0%A4%A'],
    ['DELETE', '/sandbox/faults/..%2f..%2f'],
    ['POST', '/sandbox/../sandbox/faults/x'],
    ['POST', '/sandbox/%00'],
    ['POST', '/sandbox/unknown'],
    ['POST', '/jaeger/api/traces'],
    ['DELETE', '/tempo/api/search'],
  ])('changes nothing: %s %s', async (method, path) => {
    const answer = await send(method, path, json, '{"name":"bad-canary"}');
    expect(answer.status).toBeLessThan(500);
    expect(answer.body).not.toMatch(STACK);
    expect(answer.body).not.toContain('bad-canary"}');
    expect(sandbox.stage.current).toBe('normal');
    expect(sandbox.faults.list()).toEqual([]);
  });
});

it('takes no more faults than requests can be held against', async () => {
  for (let count = 0; count < 1000; count++) {
    sandbox.faults.set({ target: 'kiali', type: 'latency', latencyMs: 1 });
  }
  const body = '{"target":"kiali","type":"hang"}';
  const answer = await send('POST', '/sandbox/faults', json, body);
  expect(answer.status).toBe(400);
  expect(answer.body).toContain('there are 1000 faults in force already');
});
