import {
  AiMeshCanaryClient,
  overviewSchema,
  topologySchema,
  tracesSchema,
  type Canary,
  type CanaryList,
  type Overview,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { anyPorts, Demo } from './__testUtils__/Demo';

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
    it('serves people, an assistant and a template, and leaves no process behind after Ctrl-C', async () => {
      const demo = await Demo.start(anyPorts, env);
      let code: number | null = null;
      try {
        expect((await fetch(demo.url)).status).toBe(200);
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
        expect(await whereDoesItHurt(demo.url, token)).toMatchObject({
          data: {
            entityRef: 'component:default/ai-chat-service',
            status: expect.stringMatching(/^(none|found|unknown)$/),
          },
        });
        expect(await rollOut(demo, 'v2')).toMatchObject({
          status: 'completed',
          output: { approvedBy: 'user:default/amir' },
        });
      } finally {
        code = await demo.interrupt();
      }
      expect(code).toBe(0);
      expect(demo.remaining()).toEqual([]);
    }, 180_000);
  });
}

/** Rolls a version of the chat service out by the template, with the approver's yes; gives the task at its end. */
async function rollOut(demo: Demo, canary: string): Promise<unknown> {
  const tasks = `${demo.url}/api/scaffolder/v2/tasks`;
  const headersOf = async (role: string) => ({
    authorization: `Bearer ${await demo.tokenOf(role)}`,
    'content-type': 'application/json',
  });
  const owner = await headersOf('owner');
  const started = await fetch(tasks, {
    method: 'POST',
    headers: owner,
    body: JSON.stringify({
      templateRef: 'template:default/roll-out-model-version',
      values: {
        entityRef: 'component:default/ai-chat-service',
        canary,
        reason: 'By the template',
        approvalSeconds: 60,
      },
    }),
  });
  const { id } = (await started.json()) as { id: string };
  const approver = await headersOf('approver');
  for (let attempt = 0; attempt < 60; attempt++) {
    const list = await fetch(`${demo.url}/api/ai-mesh/v1/canaries`, {
      headers: approver,
    });
    const { canaries } = (await list.json()) as CanaryList;
    const waiting = canaries.find(({ state }) => state === 'requested');
    if (waiting) {
      await fetch(`${demo.url}/api/ai-mesh/v1/canaries/${waiting.id}/actions`, {
        method: 'POST',
        headers: approver,
        body: JSON.stringify({ action: 'approve', version: waiting.version }),
      });
    }
    const asked = await fetch(`${tasks}/${id}`, { headers: owner });
    const task = (await asked.json()) as {
      status: string;
      state?: unknown;
    };
    if (task.status !== 'processing' && task.status !== 'open') {
      const events = await fetch(`${tasks}/${id}/events`, { headers: owner });
      const all = (await events.json()) as {
        type: string;
        body: { output?: unknown; message: string };
      }[];
      const { output, message } = all.at(-1)!.body;
      return { status: task.status, output, message };
    }
    await sleep(500);
  }
  throw new Error('The task did not end within 30 s');
}

/** What an assistant is told over MCP. */
async function whereDoesItHurt(url: string, token: string): Promise<unknown> {
  const assistant = new Client({ name: 'assistant', version: '1.0.0' });
  await assistant.connect(
    new StreamableHTTPClientTransport(new URL(`${url}/api/mcp-actions/v1`), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  );
  const { structuredContent } = await assistant.callTool({
    name: 'ai-mesh.where-does-it-hurt',
    arguments: { entityRef: 'component:default/ai-chat-service' },
  });
  await assistant.close();
  return structuredContent;
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
  let demo: Demo;

  beforeAll(async () => {
    demo = await Demo.start(anyPorts, {
      APP_CONFIG_backend_auth: JSON.stringify({
        externalAccess: [
          {
            type: 'static',
            options: { token: 'only-for-this-test', subject: 'ci' },
            accessRestrictions: [
              {
                plugin: 'ai-mesh',
                permission: ['ai-mesh.read', 'ai-mesh.canary.request'],
              },
            ],
          },
        ],
      }),
    });
    await demo.view('ai-chat-service', 'overview', await demo.tokenOf('owner'));
  }, 240_000);

  afterAll(async () => {
    await demo?.interrupt();
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
    const path = `${demo.url}/api/ai-mesh/v1/canaries/${id}`;
    const asked = async (token: string, action?: object) =>
      fetch(`${path}${action ? '/actions' : ''}`, {
        ...(action && { method: 'POST', body: JSON.stringify(action) }),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
      });
    const approver = await demo.tokenOf('approver');
    const { version, requestedBy } = (await (
      await asked(approver)
    ).json()) as Canary;
    expect(requestedBy).toBe('ci');
    const approve = { action: 'approve', version };
    expect((await asked('only-for-this-test', approve)).status).toBe(403);
    expect((await asked(approver, approve)).status).toBe(200);
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
