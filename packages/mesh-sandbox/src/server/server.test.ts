import { createServer, request } from 'http';
import { AddressInfo } from 'net';
import { RunningMeshSandbox, startMeshSandbox } from './startMeshSandbox';

let sandbox: RunningMeshSandbox;

/** A Prometheus that says what it was asked. */
const upstream = createServer((incoming, response) => {
  const chunks: Buffer[] = [];
  incoming.on('data', chunk => chunks.push(chunk));
  incoming.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.statusCode = incoming.url?.includes('bad') ? 422 : 200;
    response.end(
      JSON.stringify({
        method: incoming.method,
        url: incoming.url,
        host: incoming.headers.host,
        body: Buffer.concat(chunks).toString(),
      }),
    );
  });
});

beforeAll(async () => {
  await new Promise<void>(resolve => {
    upstream.listen(0, '127.0.0.1', resolve);
  });
  const { port } = upstream.address() as AddressInfo;
  sandbox = await startMeshSandbox({
    speed: 0.0001,
    prometheusUpstream: `http://127.0.0.1:${port}/prom`,
  });
});

afterAll(async () => {
  await sandbox.stop();
  upstream.close();
});

beforeEach(() => sandbox.stage.play('normal'));

/** As `fetch`, which would not let a test choose the Host header. */
function statusWith(headers: Record<string, string>): Promise<number> {
  const { port } = new URL(sandbox.url);
  return new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port, path: '/sandbox', headers },
      response => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    )
      .on('error', reject)
      .end();
  });
}

describe('the door', () => {
  it.each([
    ['localhost:7070', 200],
    ['127.0.0.1', 200],
    ['[::1]:7070', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example', 403],
  ])('to those who ask for %j: %i', async (host, expected) => {
    expect(await statusWith({ host })).toBe(expected);
  });
});

describe('the control', () => {
  const play = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${sandbox.control}/scene`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('tells of scenes and faults', async () => {
    const state = await (await fetch(sandbox.control)).json();
    expect(state).toMatchObject({ scene: 'normal', faults: [] });
    expect(state.scenes.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining([
        'normal',
        'good-canary',
        'bad-canary',
        'worse-answers',
        'ill-service',
        'slow-provider',
        'twelve-times',
        'plaintext-stops',
        'certificate-nearly-expired',
        'prometheus-away',
        'kiali-away',
      ]),
    );
  });

  it('plays a scene', async () => {
    expect((await (await play({ name: 'bad-canary' })).json()).scene).toBe(
      'bad-canary',
    );
    expect(sandbox.stage.current).toBe('bad-canary');
  });

  it('names the scenes there are when asked for another', async () => {
    const response = await play({ name: 'mayhem' });
    expect(response.status).toBe(404);
    expect((await response.json()).message).toContain('good-canary');
  });

  it('refuses pages of other sites', async () => {
    const response = await play(
      { name: 'bad-canary' },
      { origin: 'https://evil.example' },
    );
    expect(response.status).toBe(403);
    expect(sandbox.stage.current).toBe('normal');
  });

  it('sets and ends faults', async () => {
    const set = await fetch(`${sandbox.control}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target: 'kiali', type: 'status', status: 500 }),
    });
    expect(set.status).toBe(201);
    expect((await fetch(`${sandbox.kiali}/api/status`)).status).toBe(500);
    const { id } = await set.json();
    const url = `${sandbox.control}/faults`;
    expect((await fetch(`${url}/${id}`, { method: 'DELETE' })).status).toBe(
      200,
    );
    expect((await fetch(`${sandbox.kiali}/api/status`)).status).toBe(200);
    expect((await fetch(`${url}/nope`, { method: 'DELETE' })).status).toBe(404);
    expect(await (await fetch(url, { method: 'DELETE' })).json()).toEqual({
      ended: 0,
    });
  });

  it('says what is wrong with a fault', async () => {
    const response = await fetch(`${sandbox.control}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target: 'moon', type: 'hang' }),
    });
    expect(response.status).toBe(400);
    expect((await response.json()).message).toContain('"target"');
  });

  it('has a page with a button for each scene, which work without script', async () => {
    const page = await fetch(`${sandbox.control}/`, {
      headers: { accept: 'text/html' },
    });
    const html = await page.text();
    expect(html.match(/<button/g)).toHaveLength(sandbox.stage.scenes.length);
    expect(html).toContain('<html lang="en">');
    const pressed = await fetch(`${sandbox.control}/scene`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'name=bad-canary',
      redirect: 'manual',
    });
    expect(pressed.status).toBe(303);
    expect(sandbox.stage.current).toBe('bad-canary');
  });
});

describe('the way to Prometheus', () => {
  it('passes on method, path, query and body, to the one upstream', async () => {
    const response = await fetch(`${sandbox.prometheus}/api/v1/query?x=1`, {
      method: 'POST',
      body: 'query=up',
    });
    const { port } = upstream.address() as AddressInfo;
    expect(await response.json()).toEqual({
      method: 'POST',
      url: '/prom/api/v1/query?x=1',
      host: `127.0.0.1:${port}`,
      body: 'query=up',
    });
  });

  it('passes back what it answers', async () => {
    const response = await fetch(`${sandbox.prometheus}/bad`);
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/json');
  });

  it('leads nowhere while Prometheus is away', async () => {
    sandbox.stage.play('prometheus-away');
    await expect(fetch(`${sandbox.prometheus}/api/v1/query`)).rejects.toThrow();
    sandbox.stage.play('normal');
    expect((await fetch(`${sandbox.prometheus}/api/v1/query`)).status).toBe(
      200,
    );
  });

  it('says so where nobody answers', async () => {
    const other = await startMeshSandbox({
      speed: 0.0001,
      prometheusUpstream: 'http://127.0.0.1:1',
    });
    const response = await fetch(`${other.prometheus}/api/v1/query`);
    await other.stop();
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('does not answer');
  });
});

it('is away with Kiali when the scene says so', async () => {
  sandbox.stage.play('kiali-away');
  await expect(fetch(`${sandbox.kiali}/api/status`)).rejects.toThrow();
});

it('shows an edit of a weight in the next second`s metrics', async () => {
  const share = async () => {
    const lines = (await (await fetch(sandbox.metrics)).text())
      .split('\n')
      .filter(
        line =>
          line.startsWith('istio_requests_total{reporter="destination"') &&
          line.includes('source_workload="ai-orchestrator"') &&
          line.includes('destination_service_name="ai-chat-service"'),
      );
    const count = (version: string) =>
      lines
        .filter(line => line.includes(`destination_version="${version}"`))
        .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    return { v1: count('v1'), v2: count('v2') };
  };
  for (let i = 0; i < 60; i += 1) {
    sandbox.tick();
  }
  sandbox.store.update<{
    apiVersion: string;
    kind: string;
    metadata: { name: string };
    spec: { http: { route: { weight: number }[] }[] };
  }>(
    'networking.istio.io',
    'VirtualService',
    { namespace: 'ai-services', name: 'ai-chat-service' },
    draft => {
      const [v1, v2] = draft.spec.http[2].route;
      v1.weight = 0;
      v2.weight = 100;
    },
  );
  // Answers to what was sent before come in for a while.
  for (let i = 0; i < 40; i += 1) {
    sandbox.tick();
  }
  const before = await share();
  for (let i = 0; i < 60; i += 1) {
    sandbox.tick();
  }
  const after = await share();
  expect(after.v2 - before.v2).toBeGreaterThan(200);
  expect(after.v1 - before.v1).toBeLessThan(3);
});
