import { execFile, spawn } from 'child_process';
import { once } from 'events';
import { mkdtemp, readdir, readFile, rm } from 'fs/promises';
import { createServer, get } from 'http';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { setTimeout as wait } from 'timers/promises';
import { readWorld, type World } from '../world';
import { RunningSandbox, startSandbox } from '../testing/startSandbox';

jest.setTimeout(120_000);

const bin = resolve(__dirname, '../../bin/mesh-sandbox');

function run(
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise(done => {
    execFile(process.execPath, [bin, ...args], (error, stdout, stderr) => {
      done({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // There is no such process: that is the answer.
    return false;
  }
}

describe('mesh-sandbox', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mesh-sandbox-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  describe('serve', () => {
    let sandbox: RunningSandbox;
    beforeAll(async () => {
      sandbox = await startSandbox(['--reader-token', 'let-me-read'], {
        timeoutMs: 60_000,
      });
    });
    afterAll(() => sandbox.stop());

    it('says in one line where everything is', () => {
      expect(sandbox).toMatchObject({
        ready: true,
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        metrics: `${sandbox.url}/metrics`,
        kiali: `${sandbox.url}/kiali`,
        control: `${sandbox.url}/sandbox`,
        tokens: { reader: 'let-me-read', writer: 'sandbox-writer' },
      });
    });

    it('serves traffic, and Kubernetes to those with a token', async () => {
      const path = `${sandbox.url}/api/v1/namespaces/ai-services/pods`;
      const authorization = 'Bearer let-me-read';
      expect((await fetch(path)).status).toBe(401);
      const pods = await (
        await fetch(path, { headers: { authorization } })
      ).json();
      expect(pods.items.length).toBeGreaterThan(10);
      const text = await (await fetch(sandbox.metrics)).text();
      expect(text).toContain('istio_agent_cert_expiry_seconds');
    });

    it('takes an edit of a route over its API and shows it in the metrics', async () => {
      const vs = `${sandbox.url}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`;
      const abort = { httpStatus: 418, percentage: { value: 100 } };
      const patched = await fetch(vs, {
        method: 'PATCH',
        headers: {
          authorization: `Bearer ${sandbox.tokens.writer}`,
          'content-type': 'application/json-patch+json',
        },
        body: JSON.stringify([
          { op: 'add', path: '/spec/http/2/fault', value: { abort } },
        ]),
      });
      expect(patched.status).toBe(200);
      const end = Date.now() + 20_000;
      let text = '';
      while (!text.includes('response_code="418"') && Date.now() < end) {
        await wait(250);
        text = await (await fetch(sandbox.metrics)).text();
      }
      expect(text).toContain(
        'response_code="418",response_flags="FI",connection_security_policy="unknown"',
      );
    });

    it('plays and lists scenes for the other commands', async () => {
      const played = await run('scene', 'bad-canary', '--url', sandbox.url);
      expect(played).toMatchObject({ code: 0, stdout: 'playing bad-canary\n' });
      const { stdout } = await run('scenes', '--url', sandbox.url);
      expect(stdout).toContain('* bad-canary');
      const unknown = await run('scene', 'mayhem', '--url', sandbox.url);
      expect(unknown.code).toBe(1);
      expect(unknown.stderr).toContain('there is no scene "mayhem"');
    });

    it('ends quietly when who reads its list has seen enough', async () => {
      const child = spawn(process.execPath, [
        bin,
        'scenes',
        '--url',
        sandbox.url,
      ]);
      child.stdout.destroy();
      let stderr = '';
      child.stderr.on('data', chunk => {
        stderr += chunk;
      });
      const [code] = await once(child, 'close');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    });

    it('writes a kubeconfig that only its owner can read', async () => {
      const file = join(folder, 'kubeconfig');
      await run('kubeconfig', '--url', sandbox.url, '--out', file);
      expect(await readFile(file, 'utf8')).toContain(sandbox.url);
      expect((await run('kubeconfig')).stdout).toContain(
        'token: sandbox-writer',
      );
    });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends by itself on %s, with a watch open',
    async signal => {
      const sandbox = await startSandbox([], { timeoutMs: 60_000 });
      const watch = get(`${sandbox.url}/api/v1/pods?watch=true`, {
        headers: { authorization: 'Bearer sandbox-reader' },
      });
      watch.on('error', () => undefined);
      await once(watch, 'response');
      process.kill(sandbox.pid, signal);
      await once(watch, 'close');
      // Nobody kills it here: a process that stayed would keep this waiting until the test's time is over.
      while (isRunning(sandbox.pid)) {
        await wait(50);
      }
      expect(sandbox.stderr()).not.toContain('Error');
    },
  );

  it('says which port is taken', async () => {
    const other = createServer();
    await new Promise<void>(listening => {
      other.listen(0, '127.0.0.1', listening);
    });
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await run('serve', '--port', String(port));
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain('EADDRINUSE');
    expect(stderr).toContain(String(port));
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    [['serve', '--port', 'x'], 'a whole number is needed'],
    [['serve', '--speed', '0'], 'a number above 0 is needed'],
    [['serve', '--world', 'nowhere'], 'cannot read the world nowhere'],
    [['serve', '--kiali-auth', 'openid'], 'anonymous, token'],
    [['serve', '--kiali-version', 'new'], 'a version such as'],
    [['serve', '--prometheus-upstream', 'here'], 'a URL such as'],
    [['scenes', '--url', 'http://127.0.0.1:1'], 'no sandbox answers'],
    [['generate', '--services', '5'], '--out'],
  ])('refuses %j in words', async (args, message) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('writes a generated world, and serves it', async () => {
    const out = join(folder, 'world');
    const { code } = await run('generate', '--services', '12', '--out', out);
    expect(code).toBe(0);
    expect(await readdir(out)).toContain('behaviour.yaml');
    const sandbox = await startSandbox(['--world', out], {
      timeoutMs: 60_000,
    });
    const text = await (await fetch(sandbox.metrics)).text();
    await sandbox.stop();
    expect(text).toContain('istio_agent_cert_expiry_seconds');
  });

  it('writes a generated ambient world, which is one', async () => {
    const out = join(folder, 'ambient');
    const { code } = await run(
      ...['generate', '--services', '12', '--world', 'ambient', '--out', out],
    );
    expect(code).toBe(0);
    const { objects } = await readWorld(out);
    const namespaces = objects.filter(
      ({ kind, metadata }) =>
        kind === 'Namespace' &&
        metadata.labels?.['istio.io/dataplane-mode'] === 'ambient',
    );
    expect(namespaces.length).toBeGreaterThan(0);
    expect(objects).toContainEqual(
      expect.objectContaining({
        kind: 'Gateway',
        spec: expect.objectContaining({ gatewayClassName: 'istio-waypoint' }),
      }),
    );
  });

  it('writes a generated mesh of two clusters as a folder for each', async () => {
    const out = join(folder, 'clusters');
    const { code } = await run(
      ...['generate', '--services', '12', '--world', 'two-clusters'],
      ...['--out', out],
    );
    expect(code).toBe(0);
    expect((await readdir(out)).sort()).toEqual(['east', 'west']);
    const [east, west] = await Promise.all(
      ['east', 'west'].map(cluster => readWorld(join(out, cluster))),
    );
    expect([east, west].map(({ behaviour }) => behaviour.cluster)).toEqual([
      'east',
      'west',
    ]);
    const names = ({ objects }: World, wanted: string) =>
      objects
        .filter(({ kind }) => kind === wanted)
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
        .sort();
    expect(names(east, 'Service')).toEqual(names(west, 'Service'));
    expect(names(east, 'Service')).toContain(
      'istio-system/istio-eastwestgateway',
    );
    const both = names(east, 'Deployment').filter(name =>
      names(west, 'Deployment').includes(name),
    );
    expect(both.some(name => !name.startsWith('istio-system/'))).toBe(true);
    expect(names(east, 'Deployment')).not.toEqual(names(west, 'Deployment'));
  });

  it('refuses to generate a world like none of its own', async () => {
    const { code, stderr } = await run(
      ...['generate', '--services', '12', '--world', 'nowhere'],
      ...['--out', join(folder, 'nowhere')],
    );
    expect(code).toBe(1);
    expect(stderr).toContain('shop, ambient, two-clusters');
    expect(stderr).not.toContain('    at ');
  });

  it('leaves nothing behind when it is asked for help', async () => {
    const child = spawn(process.execPath, [bin, '--help']);
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });
});
