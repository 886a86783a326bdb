import {
  AiMeshCanaryClient,
  overviewSchema,
  topologySchema,
  tracesSchema,
  type Canary,
  type Overview,
} from '@ai-mesh/plugin-ai-mesh-common';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { askAnAssistant } from './__testUtils__/askAnAssistant';
import { anyPorts, Demo } from './__testUtils__/Demo';
import { mendByPullRequest } from './__testUtils__/mendByPullRequest';
import { OidcIssuer } from './__testUtils__/OidcIssuer';
import { rollOut } from './__testUtils__/rollOut';

const postgres = process.env.AI_MESH_TEST_POSTGRES;

const databases: [string, Record<string, string> | undefined][] = [
  ['the embedded SQLite', {}],
  [
    'PostgreSQL',
    postgres
      ? {
          APP_CONFIG_backend_database: JSON.stringify({
            client: 'pg',
            connection: postgres,
          }),
        }
      : undefined,
  ],
];

for (const [name, env] of databases) {
  const describeOn = env ? describe : describe.skip;

  describeOn(`npm start on ${name}`, () => {
    it('serves people, an assistant and templates, mends a finding by a pull request, and leaves no process behind after Ctrl-C', async () => {
      const demo = await Demo.start(anyPorts, env);
      let code: number | null = null;
      try {
        expect((await fetch(demo.url)).status).toBe(200);
        for (const path of ['', '/api/auth/demo/refresh', '/api/ai-mesh/v1']) {
          expect(await statusByName(demo.url + path, 'evil.example')).toBe(403);
        }
        expect(
          (await demo.ask('ai-chat-service', 'overview', 'not-a-token')).status,
        ).toBe(401);
        const token = await demo.tokenOf('owner');
        const overview: Overview = overviewSchema.parse(
          await demo.view('ai-chat-service', 'overview', token),
        );
        expect(overview.services).toEqual([
          {
            cluster: 'demo',
            namespace: 'ai-services',
            name: 'ai-chat-service',
          },
        ]);
        expect(await mendByPullRequest(demo, 'AIM103')).toMatchObject({
          status: 'completed',
          output: { request: 1 },
        });
        await askAnAssistant(demo);
        expect(await rollOut(demo, 'v2')).toMatchObject({
          status: 'completed',
          output: { approvedBy: 'user:default/amir' },
        });
      } finally {
        code = await demo.interrupt();
      }
      expect(code).toBe(0);
      expect(demo.remaining()).toEqual([]);
    }, 300_000);
  });
}

/** As a browser asks for which a stranger's name leads to this machine; `fetch` lets nobody choose the name. */
async function statusByName(url: string, host: string): Promise<number> {
  const asked = request(url, { headers: { host } }).end();
  const [response] = await once(asked, 'response');
  response.resume();
  return response.statusCode;
}

describe("npm start on the reader's own mesh", () => {
  let mesh: Demo;
  let own: Demo;

  // The demo's mesh stands for somebody's: its API by a kubeconfig, its Prometheus and its Kiali by their URLs.
  beforeAll(async () => {
    mesh = await Demo.start();
    const { control, prometheus } = mesh.written<{
      control: string;
      prometheus: string;
    }>('demo.json');
    own = await Demo.start([
      '--port=0',
      `--kubeconfig=${join(mesh.folder, 'kubeconfig')}`,
      '--context=mesh-sandbox',
      `--prometheus=${prometheus}`,
      `--kiali=${new URL('/kiali', control)}`,
      `--tracing=${new URL('/jaeger', control)}`,
    ]);
  }, 240_000);

  afterAll(async () => {
    await own?.interrupt();
    await mesh?.interrupt();
  }, 60_000);

  it('has an entity for each Service, with what its Prometheus and Kiali say', async () => {
    const token = await own.tokenOf('owner');
    const { nodes, sources } = topologySchema.parse(
      await own.view('ai-services.ai-chat-service', 'topology', token),
    );
    expect(
      sources.map(({ name, cluster, status }) => [name, cluster, status]),
    ).toEqual([
      ['kubernetes', 'mesh-sandbox', 'ok'],
      ['prometheus', 'mesh-sandbox', 'ok'],
      ['kiali', 'mesh-sandbox', 'ok'],
      ['catalog', undefined, 'ok'],
    ]);
    expect(nodes.find(({ relation }) => relation === 'own')).toMatchObject({
      name: 'ai-chat-service',
      traffic: { requestsPerSecond: { status: 'known' } },
      kiali: { health: expect.any(String) },
    });
  });

  it('finds traces where --tracing says', async () => {
    const token = await own.tokenOf('owner');
    const { sources } = tracesSchema.parse(
      await own.view('ai-services.ai-chat-service', 'traces', token),
    );
    expect(sources).toContainEqual(
      expect.objectContaining({ name: 'tracing', status: 'ok' }),
    );
  });

  it('refuses to write, as long as nobody allows it to', async () => {
    const client = new AiMeshCanaryClient({
      discoveryApi: { getBaseUrl: async () => `${own.url}/api/ai-mesh` },
      fetchApi: { fetch },
    });
    const host = 'ai-chat-service.ai-services.svc.cluster.local';
    const { checks } = await client.previewCanary(
      {
        entityRef: 'component:default/ai-services.ai-chat-service',
        service: {
          cluster: 'mesh-sandbox',
          namespace: 'ai-services',
          name: 'ai-chat-service',
        },
        stable: { host, subset: 'v1' },
        canary: { host, subset: 'v2' },
        plan: {},
      },
      { token: await own.tokenOf('owner') },
    );
    expect(checks.filter(({ outcome }) => outcome === 'blocks')).toMatchObject([
      { code: 'may-patch', message: expect.stringMatching(/allowWrites/) },
    ]);
  });
});

describe('npm start with a token for a pipeline', () => {
  const script = join(__dirname, '../../../docs/canary-from-ci.sh');
  const accessRestrictions = [
    {
      plugin: 'ai-mesh',
      permission: ['ai-mesh.read', 'ai-mesh.canary.request'],
    },
  ];
  let demo: Demo;
  let issuer: OidcIssuer;

  beforeAll(async () => {
    issuer = await OidcIssuer.start();
    demo = await Demo.start(anyPorts, {
      APP_CONFIG_backend_auth: JSON.stringify({
        externalAccess: [
          {
            type: 'static',
            options: { token: 'only-for-this-test', subject: 'ci' },
            accessRestrictions,
          },
          {
            type: 'jwks',
            options: {
              url: `${issuer.url}/jwks`,
              issuer: issuer.url,
              audience: 'ai-mesh',
              algorithm: 'RS256',
              subjectPrefix: 'actions',
            },
            accessRestrictions,
          },
        ],
      }),
    });
    await demo.view('ai-chat-service', 'overview', await demo.tokenOf('owner'));
  }, 240_000);

  afterAll(async () => {
    await demo?.interrupt();
    await issuer?.stop();
  }, 60_000);

  const pipeline = (env: Record<string, string>) =>
    new Promise<{ code: number; said: string }>(resolve => {
      execFile(
        'sh',
        [script],
        {
          env: {
            ...process.env,
            PORTAL: demo.url,
            TOKEN: 'only-for-this-test',
            ENTITY: 'component:default/ai-chat-service',
            CANARY: 'v2',
            KEY: 'run 1',
            UNTIL: 'approved',
            TIMEOUT: '60',
            POLL: '1',
            ...env,
          },
        },
        (error, stdout, stderr) =>
          resolve({
            code: Number(error?.code ?? 0),
            said: `${stdout}${stderr}`,
          }),
      );
    });

  const asked = async (id: string, token: string, action?: object) =>
    fetch(
      `${demo.url}/api/ai-mesh/v1/canaries/${id}${action ? '/actions' : ''}`,
      {
        ...(action && { method: 'POST', body: JSON.stringify(action) }),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
      },
    );

  it('asks by the token of its own OpenID provider, in the name of that, and not by one for somebody else', async () => {
    const sub = 'repo:acme/chat:ref:refs/heads/main';
    const run = (claims: object, lifetimeSeconds?: number) =>
      pipeline({
        TOKEN: issuer.token(
          { sub, aud: 'ai-mesh', ...claims },
          lifetimeSeconds,
        ),
        KEY: 'by OpenID',
        TIMEOUT: '1',
      });
    expect(await run({ aud: 'another' })).toMatchObject({ code: 2 });
    expect(await run({}, -300)).toMatchObject({ code: 2 });
    const { said } = await run({});
    const id = /canary ([0-9a-f-]{36})/.exec(said)![1];
    const approver = await demo.tokenOf('approver');
    const { version, requestedBy } = (await (
      await asked(id, approver)
    ).json()) as Canary;
    expect(requestedBy).toBe(`external:actions:${sub}`);
    const reject = { action: 'reject', version, reason: 'Only a test' };
    expect(
      (await asked(id, issuer.token({ sub, aud: 'ai-mesh' }), reject)).status,
    ).toBe(403);
    expect((await asked(id, approver, reject)).status).toBe(200);
  }, 60_000);

  it('asks by the documented script, once for one key, and leaves the approval to a person', async () => {
    expect(await pipeline({ TOKEN: 'another' })).toMatchObject({ code: 2 });
    expect(await pipeline({ CANARY: 'v9' })).toMatchObject({
      code: 2,
      said: expect.stringContaining('no version called v9'),
    });
    const late = await pipeline({ TIMEOUT: '1' });
    expect(late).toMatchObject({
      code: 1,
      said: expect.stringContaining('the canary goes on'),
    });
    const id = /canary ([0-9a-f-]{36})/.exec(late.said)![1];
    const approver = await demo.tokenOf('approver');
    const { version, requestedBy } = (await (
      await asked(id, approver)
    ).json()) as Canary;
    expect(requestedBy).toBe('ci');
    const approve = { action: 'approve', version };
    expect((await asked(id, 'only-for-this-test', approve)).status).toBe(403);
    expect((await asked(id, approver, approve)).status).toBe(200);
    expect(await pipeline({})).toMatchObject({
      code: 0,
      said: expect.stringContaining(`canary ${id}`),
    });
  }, 90_000);
});

describe('npm start on a port that is taken', () => {
  it('takes another port for one that is taken, and says how to choose', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const demo = await Demo.start([...anyPorts, `--port=${port}`]);
    try {
      expect(new URL(demo.url).port).not.toBe(String(port));
      expect(demo.said()).toContain(
        `port ${port} is taken, so the portal uses ${new URL(demo.url).port}; set another with --port or AI_MESH_PORT`,
      );
    } finally {
      other.close();
      await demo.interrupt();
    }
  }, 180_000);
});
