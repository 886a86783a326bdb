import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { overviewSchema, type Routes } from '@ai-mesh/plugin-ai-mesh-common';
import SwaggerParser from '@apidevtools/swagger-parser';
import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { execFile } from 'child_process';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { dirname, join, resolve } from 'path';
import request from 'supertest';
import { promisify } from 'util';
import {
  clusterOn,
  component,
  readAll,
  startPortal,
  until,
} from './__testUtils__/startPortal';
import { aiMeshPlugin } from './plugin';
import { serve } from './target/__testUtils__/serve';

jest.setTimeout(60_000);

const chat = component('chat', {
  'ai-mesh.io/service': 'ai-services/ai-chat-service',
});
const json = { 'Content-Type': 'application/json' };

describe('the plugin on a cluster', () => {
  let sandbox: RunningSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });

  afterAll(async () => {
    await sandbox?.stop();
  });

  const setFault = (fault: object) =>
    fetch(`${sandbox.control}/faults`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(fault),
    });
  const clearFaults = () =>
    fetch(`${sandbox.control}/faults`, { method: 'DELETE' });

  it('shows everything else where the cluster refuses to list one kind', async () => {
    await setFault({
      target: 'kubernetes',
      resource: 'destinationrules',
      type: 'status',
      status: 403,
    });
    const portal = await startPortal([clusterOn(sandbox)], [chat]);
    const { routes } = await readAll(portal);
    await clearFaults();
    expect(routes.sources).toContainEqual(
      expect.objectContaining({
        name: 'kubernetes',
        status: 'partial',
        message: expect.stringMatching(/destinationrules/i),
      }),
    );
    const [service] = routes.services;
    expect(service.rules).toHaveLength(3);
    expect(service.breakerState.status).toBe('unknown');
    expect(service.rules[0].destinations[0]).toMatchObject({
      endpoints: { status: 'unknown', reason: 'forbidden' },
    });
    await portal.stop();
  });

  it('shows everything else where Kiali refuses its token', async () => {
    const kiali = await serve((_, response) => response.writeHead(401).end());
    const portal = await startPortal(
      [clusterOn(sandbox, { kiali: { url: kiali.url, token: 'wrong-token' } })],
      [chat],
    );
    const { topology } = await readAll(portal);
    expect(topology.nodes.map(node => node.name)).toContain('ai-chat-service');
    const source = topology.sources.find(one => one.name === 'kiali');
    expect(source?.status).toBe('forbidden');
    expect(JSON.stringify(topology)).not.toContain('wrong-token');
    await portal.stop();
    await kiali.stop();
  });

  it('reads an older Kiali', async () => {
    const older = await startSandbox(['--kiali-version', '1.89.0']);
    const portal = await startPortal(
      [clusterOn(sandbox, { kiali: { url: older.kiali } })],
      [chat],
    );
    const { topology } = await readAll(portal);
    expect(topology.sources).toContainEqual(
      expect.objectContaining({ name: 'kiali', status: 'ok' }),
    );
    await portal.stop();
    await older.stop();
  });

  it('says that a Kiali may be too old where it lacks what is asked for', async () => {
    const kiali = await serve((_, response) => response.writeHead(404).end());
    const portal = await startPortal(
      [clusterOn(sandbox, { kiali: { url: kiali.url } })],
      [chat],
    );
    const { topology } = await readAll(portal);
    expect(topology.nodes.map(node => node.name)).toContain('ai-chat-service');
    const source = topology.sources.find(one => one.name === 'kiali');
    expect(source?.status).not.toBe('ok');
    expect(source?.message).toContain('Kiali');
    await portal.stop();
    await kiali.stop();
  });

  it('reads a cluster by the context of a kubeconfig', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
    const path = join(folder, 'config');
    // As the sandbox's own command writes it for kubectl.
    await promisify(execFile)(process.execPath, [
      resolve(
        dirname(require.resolve('@ai-mesh/mesh-sandbox/package.json')),
        'bin/mesh-sandbox',
      ),
      ...['kubeconfig', '--url', sandbox.kubernetes, '--out', path],
    ]);
    const portal = await startPortal(
      [
        {
          name: 'shop',
          kubernetes: { kubeconfig: { path, context: 'mesh-sandbox' } },
        },
      ],
      [chat],
    );
    const { routes } = await readAll(portal);
    expect(routes.sources).toContainEqual(
      expect.objectContaining({ name: 'kubernetes', status: 'ok' }),
    );
    expect(routes.services).toHaveLength(1);
    await portal.stop();
    await rm(folder, { recursive: true });
  });

  it('starts and answers with one unreachable cluster beside a good one', async () => {
    // Never answers; whoever asked may only give up.
    let waiting = 0;
    let givenUp = 0;
    const silent = await serve((_, response) => {
      waiting += 1;
      response.on('close', () => {
        waiting -= 1;
        givenUp += 1;
      });
    });
    const portal = await startPortal(
      [
        {
          name: 'gone',
          kubernetes: {
            url: 'http://127.0.0.1:9',
            serviceAccountToken: 'secret-of-gone',
          },
        },
        {
          name: 'silent',
          kubernetes: {
            url: silent.url,
            serviceAccountToken: 'secret-of-silent',
          },
        },
        clusterOn(sandbox),
      ],
      [chat],
    );
    // The start did not wait for it until that was given up.
    expect(givenUp).toBe(0);
    const { routes } = await readAll(portal);
    expect(routes.services.map(({ service }) => service.cluster)).toEqual([
      'shop',
    ]);
    const statuses = Object.fromEntries(
      routes.sources
        .filter(({ name }) => name === 'kubernetes')
        .map(({ cluster: name, status }) => [name, status]),
    );
    expect(statuses).toEqual({
      gone: 'unreachable',
      silent: 'unreachable',
      shop: 'ok',
    });
    expect(JSON.stringify(routes)).not.toContain('secret-of');
    await portal.stop();
    await until(
      async () => waiting,
      left => left === 0,
      5_000,
    );
    await silent.stop();
  });

  it.each([
    ['not-a-service', 'ai-mesh.io/service'],
    ['a/b/c/d', 'ai-mesh.io/service'],
    ['ai-services/"};x', 'ai-mesh.io/service'],
  ])('refuses the annotation %j, naming it', async (value, annotation) => {
    const portal = await startPortal(
      [clusterOn(sandbox)],
      [component('chat', { [annotation]: value })],
    );
    const response = await portal.read('chat/routes');
    expect(response.status).toBe(400);
    expect(response.body.error.message).toContain(annotation);
    await portal.stop();
  });

  it('says where it looked for an entity that owns nothing', async () => {
    const portal = await startPortal(
      [clusterOn(sandbox)],
      [component('chat', { 'ai-mesh.io/service': 'ai-services/nobody' })],
    );
    const { overview, routes } = await readAll(portal);
    expect(overview.services).toEqual([]);
    expect(routes.resolution.searched).toMatchObject([
      { cluster: 'shop', services: [] },
    ]);
    await portal.stop();
  });

  it('shows an edit of a weight within five seconds', async () => {
    const portal = await startPortal([clusterOn(sandbox)], [chat]);
    const weights = async () => {
      const { body } = await portal.read('chat/routes');
      return (body as Routes).services[0]?.rules
        .at(-1)
        ?.destinations.map(({ weightPercent }) => weightPercent);
    };
    await until(weights, found => String(found) === '90,10', 10_000);
    const object = `${sandbox.kubernetes}/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service`;
    const patch = async (stable: number) => {
      const response = await fetch(object, {
        method: 'PATCH',
        headers: {
          'Content-Type': 'application/json-patch+json',
          Authorization: `Bearer ${sandbox.tokens.writer}`,
        },
        body: JSON.stringify([
          { op: 'replace', path: '/spec/http/2/route/0/weight', value: stable },
          {
            op: 'replace',
            path: '/spec/http/2/route/1/weight',
            value: 100 - stable,
          },
        ]),
      });
      expect(response.status).toBe(200);
    };
    await patch(55);
    await until(weights, found => String(found) === '55,45', 5_000);
    await patch(90);
    await portal.stop();
  });
});

describe('the plugin', () => {
  it('starts without clusters, and says that none is configured', async () => {
    const portal = await startPortal(undefined, [chat]);
    const response = await portal.read('chat/overview');
    expect(response.status).toBe(200);
    expect(overviewSchema.parse(response.body)).toMatchObject({
      services: [],
      resolution: { searched: [] },
    });
    await portal.stop();
  });

  it('describes its whole API as valid OpenAPI', async () => {
    const backend = await startTestBackend({
      features: [aiMeshPlugin, catalogServiceMock.factory({ entities: [] })],
    });
    const { body } = await request(backend.server)
      .get('/api/ai-mesh/v1/openapi.json')
      .set('Authorization', mockCredentials.user.header());
    // Checks it against the schema of OpenAPI 3.1, and follows every reference; it changes what it is given.
    await SwaggerParser.validate(structuredClone(body));
    expect(Object.keys(body.paths)).toContain(
      '/v1/entities/{kind}/{namespace}/{name}/overview',
    );
    await backend.stop();
  });

  it('does not start with a wrong key, and names it', async () => {
    await expect(
      startPortal(
        [{ name: 'shop', kubernets: { url: 'http://127.0.0.1:9' } }],
        [],
      ),
    ).rejects.toThrow(/kubernets/);
  });
});

describe('a wrong setting', () => {
  const start = (backend: object) =>
    startTestBackend({
      features: [
        aiMeshPlugin,
        catalogServiceMock.factory({ entities: [chat] }),
        mockServices.rootConfig.factory({
          data: { aiMesh: { cluster: [] }, backend },
        }),
        mockServices.permissions.mock({
          authorize: (async (
            asked: object[],
            { credentials }: { credentials: BackstageCredentials },
          ) =>
            asked.map(() => ({
              result:
                (credentials.principal as BackstageUserPrincipal)
                  .userEntityRef === 'user:default/mallory'
                  ? AuthorizeResult.DENY
                  : AuthorizeResult.ALLOW,
            }))) as never,
        }).factory,
      ],
    });

  it('stops the portal, with the key and the right one', async () => {
    await expect(start({})).rejects.toThrow(
      "aiMesh.cluster is not a setting; did you mean 'clusters'?",
    );
  });

  it.each([
    [
      'the plugin',
      { plugins: { 'ai-mesh': { onPluginBootFailure: 'continue' } } },
    ],
    ['any plugin', { default: { onPluginBootFailure: 'continue' } }],
  ])(
    'is told to those who may see it, where Backstage starts without %s that fails',
    async (_, startup) => {
      const backend = await start({ startup });
      const ask = async (path: string, authorization?: string) => {
        const asking = request(backend.server).get(path);
        const { status, body } = await (authorization
          ? asking.set('Authorization', authorization)
          : asking);
        return [status, body.error?.name, body.error?.message];
      };
      const view = (name: string) =>
        `/api/ai-mesh/v1/entities/component/default/${name}/overview`;
      const olivia = mockCredentials.user.header('user:default/olivia');
      const mallory = mockCredentials.user.header('user:default/mallory');
      const answers = {
        portal: await ask('/.backstage/health/v1/liveness'),
        reader: await ask(view('chat'), olivia),
        stranger: await ask(view('chat'), mallory),
        elsewhere: await ask(view('nowhere'), olivia),
        fleet: await ask('/api/ai-mesh/v1/fleet', olivia),
        nobody: await ask(view('chat'), mockCredentials.none.header()),
        broken: await ask('/api/ai-mesh/v1/fleet', 'Bearer broken'),
      };
      await backend.stop();
      expect(answers).toEqual({
        portal: [200, undefined, undefined],
        reader: [
          503,
          'SettingsError',
          expect.stringContaining(
            "aiMesh.cluster is not a setting; did you mean 'clusters'?",
          ),
        ],
        stranger: [403, 'NotAllowedError', expect.any(String)],
        elsewhere: [404, 'NotFoundError', expect.any(String)],
        fleet: [
          503,
          'SettingsError',
          expect.not.stringContaining('aiMesh.cluster'),
        ],
        nobody: [401, 'AuthenticationError', expect.any(String)],
        broken: [401, 'AuthenticationError', expect.any(String)],
      });
    },
  );
});
