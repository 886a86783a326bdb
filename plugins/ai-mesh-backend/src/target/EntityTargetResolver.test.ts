import { inEnglish } from '@ai-mesh/plugin-ai-mesh-common';
import type { Entity } from '@backstage/catalog-model';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { ownedObjects as objects } from './__testUtils__/ownedObjects';
import {
  EntityTargetResolver,
  type RoutedServices,
} from './EntityTargetResolver';
import type { MeshCluster } from './MeshClusters';
import { searchedSources } from './searchedSources';

type Labels = Record<string, string>;

function cluster(
  name: string,
  snapshot: MeshSnapshot | Promise<MeshSnapshot>,
): MeshCluster {
  return { name, snapshots: { snapshot: async () => snapshot } };
}

const silent = (name: string) =>
  cluster(
    name,
    snapshotOf(
      {},
      {
        cluster: name,
        states: {
          Service: { status: 'unreachable', message: `${name} is away` },
          Deployment: { status: 'unreachable', message: `${name} is away` },
        },
      },
    ),
  );

function resolve(
  annotations: Labels | undefined,
  clusters = [cluster('eu', snapshotOf(objects, { cluster: 'eu' }))],
  mostServices = 50,
  routedServices?: RoutedServices,
) {
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'chat', annotations },
  };
  return new EntityTargetResolver(
    {
      list: () => clusters,
      get: name => clusters.find(candidate => candidate.name === name),
    },
    { mostServices, routedServices },
  ).resolve(entity);
}

const names = (found: { namespace: string; name: string }[]) =>
  found.map(one => `${one.namespace}/${one.name}`);

describe('EntityTargetResolver', () => {
  it.each<[string, Labels, string[], string[]]>([
    [
      'a Service and what it selects',
      { 'ai-mesh.io/service': 'ai/chat' },
      ['ai/chat'],
      ['ai/chat-v1', 'ai/chat-v2', 'ai/old'],
    ],
    [
      'several Services',
      { 'ai-mesh.io/service': ' ai/external , shop/chat ' },
      ['ai/external', 'shop/chat'],
      [],
    ],
    [
      'a Service named twice',
      { 'ai-mesh.io/service': 'ai/external,eu/ai/external' },
      ['ai/external'],
      [],
    ],
    [
      'labels in every namespace, on objects and on pods',
      { 'backstage.io/kubernetes-label-selector': 'app=chat' },
      ['ai/chat', 'shop/chat', 'ai/everything'],
      ['ai/chat-v1', 'ai/chat-v2', 'ai/old'],
    ],
    [
      'labels in one namespace',
      {
        'backstage.io/kubernetes-label-selector': 'app in (chat, external)',
        'backstage.io/kubernetes-namespace': 'shop',
      },
      ['shop/chat'],
      [],
    ],
    [
      'an id, and the Services that select a found workload',
      { 'backstage.io/kubernetes-id': 'chat' },
      ['ai/chat', 'ai/everything'],
      ['ai/chat-v1', 'ai/chat-v2', 'ai/old'],
    ],
    [
      'a workload without a Service of its own',
      { 'backstage.io/kubernetes-label-selector': 'version=v2' },
      ['ai/chat'],
      ['ai/chat-v2'],
    ],
    [
      'by the first annotation alone',
      {
        'backstage.io/kubernetes-id': 'chat',
        'ai-mesh.io/service': 'ai/external',
      },
      ['ai/external'],
      [],
    ],
    [
      'by the next where one is empty',
      { 'ai-mesh.io/service': '', 'backstage.io/kubernetes-id': 'nobody' },
      [],
      [],
    ],
  ])('finds %s', async (_, annotations, services, workloads) => {
    const target = await resolve(annotations);
    const [found] = target.clusters;
    expect([...names(found?.services ?? [])].sort()).toEqual(
      [...services].sort(),
    );
    expect([...names(found?.workloads ?? [])].sort()).toEqual(
      [...workloads].sort(),
    );
  });

  it('says what ran where and what it found', async () => {
    const target = await resolve({
      'backstage.io/kubernetes-id': 'chat',
      'backstage.io/kubernetes-namespace': 'ai',
    });
    expect(target.entityRef).toBe('component:default/chat');
    expect(target.resolution).toMatchObject({
      annotation: 'backstage.io/kubernetes-id',
      value: 'chat',
      searched: [
        {
          cluster: 'eu',
          selector: 'label backstage.io/kubernetes-id=chat in namespace ai',
          services: [
            { namespace: 'ai', name: 'chat' },
            { namespace: 'ai', name: 'everything' },
          ],
        },
      ],
    });
  });

  it.each<[Labels, string, string]>([
    [
      { 'ai-mesh.io/service': 'ai/nobody,gone/chat' },
      'Service ai/nobody, Service gone/chat',
      'The namespace ai has no Service nobody. There is no namespace gone.',
    ],
    [
      { 'backstage.io/kubernetes-label-selector': 'app=nobody' },
      'label app=nobody in every namespace',
      'No Service, workload or pod there has such labels.',
    ],
  ])(
    'says of %j why it found nothing',
    async (annotations, selector, message) => {
      const target = await resolve(annotations);
      expect(target.clusters).toEqual([]);
      expect(target.searched).toHaveLength(1);
      expect(target.resolution.searched).toMatchObject([
        {
          cluster: 'eu',
          selector,
          services: [],
          workloads: [],
          message,
        },
      ]);
      expect(inEnglish(target.resolution.searched[0].words ?? [])).toBe(
        message,
      );
    },
  );

  describe('of a Service whose routes lead to others', () => {
    const selecting = (name: string, selector: Labels) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'ai', name },
      spec: { selector },
    });
    const withParts = {
      ...objects,
      Service: [
        ...objects.Service,
        selecting('chat-v2', { app: 'chat', version: 'v2' }),
        selecting('chat-new', { version: 'v2' }),
      ],
    };

    const routed = (
      others: string[],
      mostServices?: number,
      standsIn = false,
    ) =>
      resolve(
        { 'ai-mesh.io/service': 'ai/chat' },
        [cluster('eu', snapshotOf(withParts, { cluster: 'eu' }))],
        mostServices,
        (_, { name }) =>
          name === 'chat'
            ? others.map(one => ({ namespace: 'ai', name: one, standsIn }))
            : [],
      );
    it('finds those of them that only its own workloads are behind', async () => {
      const target = await routed([
        'chat-v2',
        'everything',
        'external',
        'gone',
      ]);
      expect(target.clusters).toMatchObject([
        {
          services: [
            { namespace: 'ai', name: 'chat' },
            { namespace: 'ai', name: 'chat-v2' },
          ],
          parts: [{ namespace: 'ai', name: 'chat-v2', of: 'chat' }],
        },
      ]);
      expect(names(target.resolution.searched[0].services)).toEqual([
        'ai/chat',
        'ai/chat-v2',
      ]);
    });

    it('finds those that are sent its requests, whatever runs behind them, if something does', async () => {
      const target = await routed(
        ['chat-v2', 'everything', 'external', 'gone'],
        50,
        true,
      );
      expect(target.clusters[0].parts).toEqual([
        { namespace: 'ai', name: 'chat-v2', of: 'chat' },
        { namespace: 'ai', name: 'everything', of: 'chat', byRoute: true },
      ]);
    });

    it('refuses nothing for them, and takes no more of them than there may be Services', async () => {
      const target = await routed(['chat-v2', 'chat-new'], 1);
      expect(names(target.clusters[0].services)).toEqual([
        'ai/chat',
        'ai/chat-v2',
      ]);
      expect(searchedSources(target)).toMatchObject([
        {
          name: 'kubernetes',
          status: 'partial',
          message: expect.stringContaining(
            'among 2 others, of which 1 are looked at (aiMesh.ownership.mostServices)',
          ),
        },
      ]);
    });
  });

  it('says of a Service with more ports than are kept how many there are', async () => {
    const [chat, ...others] = objects.Service;
    const wide = {
      ...objects,
      Service: [
        {
          ...chat,
          spec: { ...chat.spec, ports: [{ port: 1 }], morePorts: 4 },
        },
        ...others,
      ],
    };
    const told = async (service: string) =>
      searchedSources(
        await resolve({ 'ai-mesh.io/service': service }, [
          cluster('eu', snapshotOf(wide, { cluster: 'eu' })),
        ]),
      );
    expect(await told('ai/chat')).toMatchObject([
      {
        status: 'partial',
        message:
          'Service ai/chat has 5 ports, of which the first 1 are looked at.',
      },
    ]);
    expect(await told('shop/chat')).toMatchObject([{ status: 'ok' }]);
  });

  describe('with several clusters', () => {
    const good = cluster('eu', snapshotOf(objects, { cluster: 'eu' }));

    it('finds on the others what one that is away does not tell', async () => {
      const target = await resolve({ 'ai-mesh.io/service': 'ai/chat' }, [
        silent('us'),
        good,
      ]);
      expect(target.clusters.map(found => found.cluster.name)).toEqual(['eu']);
      expect(target.searched.map(found => found.cluster.name)).toEqual([
        'us',
        'eu',
      ]);
      expect(target.resolution.searched[0]).toMatchObject({
        cluster: 'us',
        services: [],
        message: 'us is away',
      });
    });

    it('asks all of them at once', async () => {
      let asked = 0;
      let release = () => {};
      const both = new Promise<void>(done => {
        release = done;
      });
      const waiting = (name: string): MeshCluster => ({
        name,
        snapshots: {
          snapshot: async () => {
            asked += 1;
            if (asked === 2) {
              release();
            }
            await both;
            return snapshotOf(objects, { cluster: name });
          },
        },
      });
      const target = await resolve({ 'ai-mesh.io/service': 'ai/chat' }, [
        waiting('a'),
        waiting('b'),
      ]);
      expect(target.clusters).toHaveLength(2);
    });

    it.each<[Labels]>([
      [{ 'ai-mesh.io/service': 'eu/ai/chat' }],
      [
        {
          'backstage.io/kubernetes-id': 'chat',
          'backstage.io/kubernetes-cluster': 'eu',
        },
      ],
    ])('looks only where %j says', async annotations => {
      const target = await resolve(annotations, [silent('us'), good]);
      expect(target.searched.map(found => found.cluster.name)).toEqual(['eu']);
    });

    it.each([
      ['is named', 'us/ai/chat', [silent('us'), good]],
      ['is the only one', 'ai/chat', [silent('us')]],
    ])(
      'takes a Service for granted where its cluster %s but away',
      async (_, value, clusters) => {
        const target = await resolve({ 'ai-mesh.io/service': value }, clusters);
        expect(target.clusters).toMatchObject([
          {
            cluster: { name: 'us' },
            services: [{ namespace: 'ai', name: 'chat' }],
            workloads: [],
          },
        ]);
        expect(target.resolution.searched).toMatchObject([
          { cluster: 'us', services: [], message: 'us is away' },
        ]);
      },
    );
  });

  it('says which kinds could not be read', async () => {
    const target = await resolve({ 'backstage.io/kubernetes-id': 'chat' }, [
      cluster(
        'eu',
        snapshotOf(objects, {
          states: {
            Deployment: { status: 'forbidden', message: 'no Deployments' },
          },
        }),
      ),
    ]);
    expect(target.resolution.searched[0].message).toBe('no Deployments');
  });

  it('finds nothing where no cluster is configured', async () => {
    const target = await resolve({ 'ai-mesh.io/service': 'ai/chat' }, []);
    expect(target).toMatchObject({
      clusters: [],
      searched: [],
      resolution: { searched: [] },
    });
  });
});
