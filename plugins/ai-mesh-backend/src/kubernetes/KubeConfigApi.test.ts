import {
  HttpMethod,
  KubeConfig,
  RequestContext,
} from '@kubernetes/client-node';
import { X509Certificate } from 'crypto';
import { once } from 'events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { createServer, Server } from 'https';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { TLSSocket } from 'tls';
import {
  clientCertificates,
  testCertificate,
} from '../target/__testUtils__/certificate';
import { serve, TestServer } from '../target/__testUtils__/serve';
import type { KubernetesSettings } from '../config/settings';
import { KubeConfigApi } from './KubeConfigApi';
import { kubeConfigOf } from './kubeConfigOf';

const { signal } = new AbortController();
const tls = { skipVerify: false };

describe('KubeConfigApi', () => {
  let server: TestServer;
  let answer: { status: number; body: string };
  let seen: { url?: string; authorization?: string }[];

  beforeEach(async () => {
    answer = { status: 200, body: '{"ok":true}' };
    seen = [];
    server = await serve((request, response) => {
      seen.push({
        url: request.url,
        authorization: request.headers.authorization,
      });
      response.writeHead(answer.status).end(answer.body);
    });
  });

  afterEach(() => server.stop());

  const api = (settings: Partial<KubernetesSettings> = {}) =>
    new KubeConfigApi({
      from: 'url',
      url: server.url,
      serviceAccountToken: 's3cret-token\n',
      tls,
      ...settings,
    } as KubernetesSettings);

  it('asks with the token, without the line break that files have', async () => {
    expect(await api().get('/api/v1/pods', { limit: '5' }, signal)).toEqual({
      ok: true,
    });
    expect(seen).toEqual([
      { url: '/api/v1/pods?limit=5', authorization: 'Bearer s3cret-token' },
    ]);
  });

  it.each<[string, string, string]>([
    ['4 MB', `"${'x'.repeat(4 * 1024 * 1024)}"`, 'larger than 4 MB'],
    [
      'a depth of 200',
      `${'['.repeat(201)}${']'.repeat(201)}\n`,
      'nested more than',
    ],
  ])('reads no answer beyond %s', async (_, body, why) => {
    answer = { status: 200, body };
    await expect(api().get('/x', {}, signal)).rejects.toMatchObject({
      failure: 'too-large',
      message: expect.stringContaining(why),
    });
    await expect(
      api().watch('/x', {}, signal)[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({
      failure: 'too-large',
      message: expect.stringContaining(why),
    });
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [410, 'gone'],
    [429, 'unreachable'],
    [500, 'unreachable'],
  ])('reads %s as %s', async (status, failure) => {
    answer = { status, body: '{"kind":"Status","message":"says why"}' };
    await expect(api().get('/x', {}, signal)).rejects.toMatchObject({
      failure,
      status,
      message: expect.stringMatching(
        new RegExp(`^the API server answered ${status}: says why`),
      ),
    });
    await expect(
      api().watch('/x', {}, signal)[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({ failure });
  });

  it('tells credentials that are refused from none at all', async () => {
    answer = { status: 401, body: '{"message":"Unauthorized"}' };
    await expect(api().get('/x', {}, signal)).rejects.toThrow(
      'Unauthorized; the credentials may have expired',
    );
    await expect(
      api({ serviceAccountToken: undefined }).get('/x', {}, signal),
    ).rejects.toThrow('no credentials are configured');
  });

  it.each([
    ['a web page', 502, '<html>Bad gateway</html>', 'a web page'],
    ['half a JSON', 200, '{"items":[', 'JSON'],
    ['the token itself', 500, 'bad token s3cret-token', 'bad token [redacted]'],
  ])('says what is wrong with %s', async (_, status, body, message) => {
    answer = { status, body };
    await expect(api().get('/x', {}, signal)).rejects.toMatchObject({
      failure: 'unreachable',
      message: expect.stringContaining(message),
    });
  });

  it('reads a watch line by line, however it is cut', async () => {
    answer.body = '{"type":"ADDED","object":{"a":"ü"}}\n\n{"type":"BOOK';
    const events: unknown[] = [];
    await expect(async () => {
      for await (const event of api().watch('/x', { a: 'b' }, signal)) {
        events.push(event);
      }
      // Half a line at the end is a watch that was cut, of which nothing is lost.
      throw new Error('ended');
    }).rejects.toThrow('ended');
    expect(events).toEqual([{ type: 'ADDED', object: { a: 'ü' } }]);
    expect(seen[0].url).toBe('/x?a=b&watch=true');
  });

  it('gives the reason of who aborts', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(api().get('/x', {}, stop.signal)).rejects.toThrow('stopped');
  });

  it.each<[string, KubernetesSettings, string]>([
    [
      'no file',
      { from: 'kubeconfig', path: '/no/such/file' },
      'the file file cannot be read',
    ],
    ['no pod', { from: 'in-cluster' }, 'the portal does not run in a pod'],
    [
      'no pod for the Kubernetes plugin’s cluster',
      { from: 'in-cluster', ofPlugin: 'shop' },
      "the Kubernetes plugin's cluster 'shop' has no serviceAccountToken",
    ],
    [
      'no certificate file',
      {
        from: 'url',
        url: 'https://127.0.0.1:1',
        tls: { caFile: '/no/such/ca', skipVerify: false },
      },
      'the file ca cannot be read',
    ],
    [
      'no certificate in the Kubernetes plugin’s file',
      {
        from: 'url',
        url: 'https://127.0.0.1:1',
        tls: { caFile: __filename, skipVerify: false },
      },
      'the file KubeConfigApi.test.ts, which caFile names, holds no PEM certificates',
    ],
  ])(
    'says that there is %s, when it is asked',
    async (_, settings, message) => {
      await expect(
        new KubeConfigApi(settings).get('/x', {}, signal),
      ).rejects.toMatchObject({
        failure: 'unreachable',
        message: expect.stringContaining(message),
      });
    },
  );

  it.each([
    [
      { 'certificate-authority-data': 'Y2E=' },
      'certificate-authority-data holds no PEM certificates in base64',
    ],
    [
      {
        'certificate-authority': __filename,
        'certificate-authority-data': Buffer.from(
          testCertificate.cert,
        ).toString('base64'),
      },
      'the file KubeConfigApi.test.ts, which certificate-authority names, holds no PEM certificates',
    ],
    [
      { 'certificate-authority': __filename },
      'the file KubeConfigApi.test.ts, which certificate-authority names, holds no PEM certificates',
    ],
  ])(
    'says of a kubeconfig that nobody can be trusted (%#)',
    async (authority, message) => {
      const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
      const path = join(folder, 'config');
      writeFileSync(
        path,
        JSON.stringify({
          clusters: [
            {
              name: 'one',
              cluster: { server: 'https://127.0.0.1:1', ...authority },
            },
          ],
          users: [{ name: 'me', user: { token: 't0ken' } }],
          contexts: [{ name: 'a', context: { cluster: 'one', user: 'me' } }],
          'current-context': 'a',
        }),
      );
      await expect(
        new KubeConfigApi({ from: 'kubeconfig', path }).get('/x', {}, signal),
      ).rejects.toThrow(message);
      rmSync(folder, { recursive: true });
    },
  );

  it('uses a context of a kubeconfig file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
    const path = join(folder, 'config');
    writeFileSync(
      path,
      JSON.stringify({
        clusters: [
          { name: 'one', cluster: { server: 'http://127.0.0.1:1' } },
          { name: 'two', cluster: { server: server.url } },
        ],
        users: [{ name: 'me', user: { token: 't0ken' } }],
        contexts: [
          { name: 'a', context: { cluster: 'one', user: 'me' } },
          { name: 'b', context: { cluster: 'two', user: 'me' } },
        ],
        'current-context': 'a',
      }),
    );
    await new KubeConfigApi({ from: 'kubeconfig', path, context: 'b' }).get(
      '/x',
      {},
      signal,
    );
    expect(seen[0].authorization).toBe('Bearer t0ken');
    await expect(
      new KubeConfigApi({ from: 'kubeconfig', path, context: 'c' }).get(
        '/x',
        {},
        signal,
      ),
    ).rejects.toThrow("no context 'c' with a cluster; it has a, b");
    rmSync(folder, { recursive: true });
  });
});

describe('credentials that rotate', () => {
  let server: TestServer;
  let folder: string;
  let accepted: string;
  let seen: (string | undefined)[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
    accepted = 'first';
    seen = [];
    server = await serve((request, response) => {
      const { authorization } = request.headers;
      seen.push(authorization);
      response
        .writeHead(authorization === `Bearer ${accepted}` ? 200 : 401)
        .end('{}');
    });
  });

  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  function kubeconfig(user: object): KubeConfigApi {
    const path = join(folder, 'config');
    writeFileSync(
      path,
      JSON.stringify({
        clusters: [{ name: 'one', cluster: { server: server.url } }],
        users: [{ name: 'me', user }],
        contexts: [{ name: 'a', context: { cluster: 'one', user: 'me' } }],
        'current-context': 'a',
      }),
    );
    return new KubeConfigApi({ from: 'kubeconfig', path });
  }

  it('reads a token in the kubeconfig anew when the file has changed', async () => {
    const api = kubeconfig({ token: 'first' });
    await api.get('/x', {}, signal);
    kubeconfig({ token: 'second-token' });
    accepted = 'second-token';
    await api.get('/x', {}, signal);
    expect(seen).toEqual(['Bearer first', 'Bearer second-token']);
  });

  it('reads the file of a token anew when it is refused', async () => {
    writeFileSync(join(folder, 'token'), 'first');
    const api = kubeconfig({ tokenFile: 'token' });
    await api.get('/x', {}, signal);
    writeFileSync(join(folder, 'token'), 'second');
    accepted = 'second';
    await api.get('/x', {}, signal);
    await api.get('/x', {}, signal);
    expect(seen).toEqual([
      'Bearer first',
      'Bearer first',
      'Bearer second',
      'Bearer second',
    ]);
  });

  it('runs the command that it signs in by again when what it said is refused', async () => {
    const credential = (token: string) =>
      writeFileSync(
        join(folder, 'credential.json'),
        JSON.stringify({
          apiVersion: 'client.authentication.k8s.io/v1',
          kind: 'ExecCredential',
          status: {
            token,
            expirationTimestamp: new Date(Date.now() + 3_600_000).toISOString(),
          },
        }),
      );
    credential('first');
    const api = kubeconfig({
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: 'cat',
        args: [join(folder, 'credential.json')],
      },
    });
    await api.get('/x', {}, signal);
    credential('second');
    accepted = 'second';
    await api.get('/x', {}, signal);
    expect(seen).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
  });

  it('keeps what it has while the file is being written', async () => {
    const api = kubeconfig({ token: 'first' });
    await api.get('/x', {}, signal);
    writeFileSync(join(folder, 'config'), '{"clusters": [');
    await api.get('/x', {}, signal);
    kubeconfig({ token: 'second-token' });
    accepted = 'second-token';
    await api.get('/x', {}, signal);
    expect(seen.at(-1)).toBe('Bearer second-token');
  });

  it('asks once more, not for ever, with what stays refused', async () => {
    const api = kubeconfig({ token: 'wrong' });
    await expect(api.get('/x', {}, signal)).rejects.toMatchObject({
      failure: 'unauthorized',
    });
    expect(seen).toHaveLength(2);
  });

  it.each([
    [
      { 'auth-provider': { name: 'teleport', config: {} } },
      "signs in by the auth-provider 'teleport', which AI Mesh cannot use",
    ],
    [
      {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: 'no-such-command-to-sign-in',
        },
      },
      "signs in by the command 'no-such-command-to-sign-in', which failed",
    ],
    [
      { 'client-certificate-data': 'YQ==' },
      "the user 'me' of the kubeconfig has a client certificate without a client key",
    ],
  ])('names %j, which it cannot use', async (user, message) => {
    await expect(kubeconfig(user).get('/x', {}, signal)).rejects.toMatchObject({
      failure: 'unreachable',
      message: expect.stringContaining(message),
    });
    expect(seen).toEqual([]);
  });
});

describe('a client certificate that rotates', () => {
  const [first, second] = clientCertificates;
  let folder: string;
  let server: Server;
  let accepted: string;
  let seen: (string | undefined)[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
    accepted = nameIn(first.cert);
    seen = [];
    server = createServer(
      { ...testCertificate, requestCert: true, rejectUnauthorized: false },
      ({ socket }, response) => {
        const name = (socket as TLSSocket).getPeerCertificate().subject?.CN;
        seen.push(name as string | undefined);
        response.writeHead(name === accepted ? 200 : 401).end('{}');
      },
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    rmSync(folder, { recursive: true });
  });

  function nameIn(cert: string): string {
    return new X509Certificate(cert).subject.replace('CN=', '');
  }

  const base64 = (text: string) => Buffer.from(text).toString('base64');

  function kubeconfig(user: object): KubeConfigApi {
    const path = join(folder, 'config');
    const { port } = server.address() as AddressInfo;
    writeFileSync(
      path,
      JSON.stringify({
        clusters: [
          {
            name: 'one',
            cluster: {
              server: `https://127.0.0.1:${port}`,
              'certificate-authority-data': base64(testCertificate.cert),
            },
          },
        ],
        users: [{ name: 'me', user }],
        contexts: [{ name: 'a', context: { cluster: 'one', user: 'me' } }],
        'current-context': 'a',
      }),
    );
    return new KubeConfigApi({ from: 'kubeconfig', path });
  }

  const inConfig = ({ cert, key }: typeof first) =>
    kubeconfig({
      'client-certificate-data': base64(cert),
      'client-key-data': base64(key),
    });

  function besideIt({ cert, key }: typeof first): KubeConfigApi {
    writeFileSync(join(folder, 'client.crt'), cert);
    writeFileSync(join(folder, 'client.key'), key);
    return kubeconfig({
      'client-certificate': join(folder, 'client.crt'),
      'client-key': join(folder, 'client.key'),
    });
  }

  it.each([
    ['in the kubeconfig', inConfig],
    ['in files beside it', besideIt],
  ])('%s is shown as it is by then', async (_, write) => {
    const api = write(first);
    await api.get('/x', {}, signal);
    write(second);
    accepted = nameIn(second.cert);
    await api.get('/x', {}, signal);
    expect(seen[0]).toBe(nameIn(first.cert));
    expect(seen.at(-1)).toBe(nameIn(second.cert));
  });
});

describe('the token of the pod that the portal runs in', () => {
  const MOUNTED = '/var/run/secrets/kubernetes.io/serviceaccount';
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } =
    process.env;
  let folder: string;
  let server: Server;
  let accepted: string;
  let seen: (string | undefined)[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pod-'));
    mkdirSync(join(folder, MOUNTED), { recursive: true });
    mount('ca.crt', testCertificate.cert);
    mount('token', 'first');
    accepted = 'first';
    seen = [];
    server = createServer(testCertificate, ({ headers }, response) => {
      seen.push(headers.authorization);
      response
        .writeHead(headers.authorization === `Bearer ${accepted}` ? 200 : 401)
        .end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    process.env.KUBERNETES_SERVICE_HOST = '127.0.0.1';
    process.env.KUBERNETES_SERVICE_PORT = String(
      (server.address() as AddressInfo).port,
    );
    // The same files, as a pod has them, below a folder of the test's.
    const load = KubeConfig.prototype.loadFromCluster;
    jest
      .spyOn(KubeConfig.prototype, 'loadFromCluster')
      .mockImplementation(function below(this: KubeConfig) {
        load.call(this, folder);
      });
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    restore('KUBERNETES_SERVICE_HOST', host);
    restore('KUBERNETES_SERVICE_PORT', port);
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    rmSync(folder, { recursive: true });
  });

  function mount(name: string, content: string): void {
    writeFileSync(join(folder, MOUNTED, name), content);
  }

  function restore(name: string, value: string | undefined): void {
    if (value === undefined) {
      delete process.env[name];
    } else {
      process.env[name] = value;
    }
  }

  it('is read anew when it is refused', async () => {
    const api = new KubeConfigApi({ from: 'in-cluster' });
    await api.get('/x', {}, signal);
    mount('token', 'second');
    accepted = 'second';
    await api.get('/x', {}, signal);
    await api.get('/x', {}, signal);
    expect(seen).toEqual([
      'Bearer first',
      'Bearer first',
      'Bearer second',
      'Bearer second',
    ]);
  });
});

describe('kubeConfigOf', () => {
  it('makes one connection pool for all requests', async () => {
    const config = kubeConfigOf({
      from: 'url',
      url: 'https://127.0.0.1:1',
      serviceAccountToken: 't',
      tls: { skipVerify: true },
    });
    const dispatchers = [];
    for (let i = 0; i < 3; i++) {
      const request = new RequestContext('https://127.0.0.1:1', HttpMethod.GET);
      await config.applySecurityAuthentication(request);
      dispatchers.push(request.getDispatcher());
    }
    expect(dispatchers[0]).toBeDefined();
    expect(new Set(dispatchers).size).toBe(1);
  });
});
