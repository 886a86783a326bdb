import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { topologySchema } from '@ai-mesh/plugin-ai-mesh-common';
import type { Entity } from '@backstage/catalog-model';
import {
  CanaryPortal,
  chat,
  hidden,
  writableCluster,
  type Person,
} from './__testUtils__/CanaryPortal';
import { component, until } from './__testUtils__/startPortal';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(240_000);

const systemOf = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: { namespace: 'default', name },
});

const partOf = (entity: Entity, ...systems: string[]): Entity => ({
  ...entity,
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/ai-team' },
    ...systems.map(system => ({
      type: 'partOf',
      targetRef: `system:default/${system}`,
    })),
  ],
});

const gateway = component('gateway', {
  'ai-mesh.io/service': 'ai-services/llm-gateway-service',
});

const orchestrator = component('orchestrator', {
  'ai-mesh.io/service': 'ai-services/ai-orchestrator',
});

describeWithPrometheus('the topology of a System', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let portal: CanaryPortal;

  const ask = (person: Person | undefined, system: string, query = '') =>
    portal.http(
      person,
      'get',
      `/v1/entities/system/default/${system}/topology?depth=1${query}`,
    );

  beforeAll(async () => {
    sandbox = await startSandbox(['--speed', '5']);
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    portal = await CanaryPortal.start({
      clusters: [
        writableCluster(sandbox, {
          prometheus: { url: prometheus.url, cacheTtl: '0s' },
        }),
      ],
      entities: [
        systemOf('assistant'),
        systemOf('secret'),
        systemOf('empty'),
        systemOf('mixed'),
        partOf(chat, 'assistant'),
        partOf(gateway, 'assistant'),
        partOf(hidden, 'secret', 'mixed'),
        partOf(orchestrator, 'mixed'),
      ],
      policy: (person, permission, entityRef) =>
        permission === 'ai-mesh.read' &&
        !entityRef.endsWith('/hidden') &&
        (person === 'rita' ||
          (person === 'eve' && !entityRef.endsWith('/gateway'))),
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  it('has the components as its own, each with its entity and health, the calls among them, and their direct neighbours', async () => {
    const { nodes, edges, outage, sources } = await until(
      async () => topologySchema.parse((await ask('rita', 'assistant')).body),
      answer =>
        answer.edges.length > 2 &&
        answer.nodes.every(({ health }) => health.status !== 'unknown'),
      120_000,
    );
    const own = nodes.filter(({ relation }) => relation === 'own');
    expect(
      Object.fromEntries(own.map(({ name, entityRef }) => [name, entityRef])),
    ).toEqual({
      'ai-chat-service': 'component:default/chat',
      'llm-gateway-service': 'component:default/gateway',
    });
    const idOf = (name: string) => nodes.find(one => one.name === name)?.id;
    expect(edges).toContainEqual(
      expect.objectContaining({
        source: idOf('ai-chat-service'),
        target: idOf('llm-gateway-service'),
      }),
    );
    expect(idOf('ai-orchestrator')).toBeDefined();
    expect(nodes.every(({ distance }) => distance <= 1)).toBe(true);
    expect(['none', 'found']).toContain(outage.status);
    expect(sources.find(({ name }) => name === 'catalog')).toMatchObject({
      status: 'ok',
    });
  });

  it('has of a component that the reader may not see nothing of its own, and says so', async () => {
    const { body } = await ask('rita', 'mixed');
    const { nodes, sources } = topologySchema.parse(body);
    expect(
      nodes.flatMap(({ relation, name }) => (relation === 'own' ? name : [])),
    ).toEqual(['ai-orchestrator']);
    expect(sources.find(({ name }) => name === 'catalog')).toMatchObject({
      status: 'partial',
      message: expect.stringMatching(/^1 of the System's components/),
    });
  });

  it('gives no reader what another one was just shown of a component', async () => {
    const own = async (person: Person) =>
      topologySchema
        .parse((await ask(person, 'assistant')).body)
        .nodes.flatMap(({ relation, name }) => (relation === 'own' ? name : []))
        .sort();
    const all = ['ai-chat-service', 'llm-gateway-service'];
    expect([await own('rita'), await own('rita')]).toEqual([all, all]);
    expect(await own('eve')).toEqual(['ai-chat-service']);
    expect(await own('rita')).toEqual(all);
  });

  it('asks Prometheus no more than the topology of one component', async () => {
    const queriesOf = async (path: string) =>
      topologySchema.parse((await portal.http('rita', 'get', path)).body)
        .queries.length;
    const query = 'topology?depth=1&window=1h';
    expect(
      await queriesOf(`/v1/entities/system/default/assistant/${query}`),
    ).toBe(await queriesOf(`/v1/entities/component/default/chat/${query}`));
  });

  it.each<[string, Person | undefined, string, number, string]>([
    ['nobody', undefined, 'assistant', 401, 'AuthenticationError'],
    [
      'whoever may see none of its components',
      'stranger',
      'assistant',
      403,
      'NotAllowedError',
    ],
    [
      'whoever may not see its only component',
      'rita',
      'secret',
      403,
      'NotAllowedError',
    ],
    [
      'whoever asks for one without components',
      'rita',
      'empty',
      404,
      'NoComponentsError',
    ],
    [
      'whoever asks for one that is not there',
      'rita',
      'nowhere',
      404,
      'NotFoundError',
    ],
  ])('is refused to %s', async (_, person, system, status, name) => {
    const refused = await ask(person, system);
    expect(refused.status).toBe(status);
    expect(refused.body.error.name).toBe(name);
  });
});
