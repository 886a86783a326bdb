import fc from 'fast-check';
import { KubeObject } from '../../store/KubeObject';
import { ObjectStore } from '../../store/ObjectStore';
import { EndpointSlice, Pod, Service, Workload } from './objects';
import { startControllers } from './startControllers';

const namespace = 'ai-services';
const chat: Workload = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'chat-v1', namespace },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'chat', version: 'v1' } },
    template: {
      metadata: { labels: { app: 'chat', version: 'v1' } },
      spec: {
        containers: [
          { name: 'app', ports: [{ name: 'http', containerPort: 8080 }] },
        ],
      },
    },
  },
};
const service: Service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'chat', namespace },
  spec: {
    selector: { app: 'chat' },
    ports: [{ name: 'http', port: 80, targetPort: 'http' }],
  },
};

function clusterWith(...objects: KubeObject[]): ObjectStore {
  let uid = 0;
  const store = new ObjectStore({
    clock: () => new Date('2026-01-02T03:04:05Z'),
    newUid: () => {
      uid += 1;
      return `uid-${uid}`;
    },
  });
  startControllers(store);
  store.create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { 'istio-injection': 'enabled' } },
  });
  objects.forEach(object => store.create(object));
  return store;
}

const pods = (store: ObjectStore) => store.list<Pod>('', 'Pod');
const deployment = (store: ObjectStore, name = 'chat-v1') =>
  store.get<Workload>('apps', 'Deployment', { namespace, name });
const endpoints = (store: ObjectStore) =>
  store
    .list<EndpointSlice>('discovery.k8s.io', 'EndpointSlice')
    .flatMap(slice => slice.endpoints ?? []);
const edit = (store: ObjectStore, change: (draft: Workload) => void) =>
  store.update<Workload>(
    'apps',
    'Deployment',
    { namespace, name: 'chat-v1' },
    change,
  );

describe('startControllers', () => {
  it('gives a Deployment its pods, addresses, status and endpoints before the write returns', () => {
    const store = clusterWith(service, chat);
    expect(pods(store)).toHaveLength(3);
    const [pod] = pods(store);
    expect(pod.metadata.name).toMatch(/^chat-v1-[a-z0-9]{10}-[a-z0-9]{5}$/);
    expect(pod.status?.podIP).toMatch(/^10\.244\.\d+\.\d+$/);
    expect(deployment(store)?.status).toMatchObject({
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      observedGeneration: 1,
    });
    const slices = store.list<EndpointSlice>(
      'discovery.k8s.io',
      'EndpointSlice',
    );
    expect(slices).toMatchObject([
      {
        metadata: { labels: { 'kubernetes.io/service-name': 'chat' } },
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      },
    ]);
    expect(
      slices[0].endpoints?.map(({ targetRef }) => targetRef.name).sort(),
    ).toEqual(
      pods(store)
        .map(({ metadata }) => metadata.name)
        .sort(),
    );
  });

  it.each([
    ['BestEffort', undefined],
    ['Burstable', { requests: { cpu: '100m' } }],
    [
      'Guaranteed',
      {
        requests: { cpu: '1', memory: '1Gi' },
        limits: { cpu: '1', memory: '1Gi' },
      },
    ],
  ])(
    'takes a pod outside the mesh for %s with the resources %j',
    (qosClass, resources) => {
      const store = clusterWith({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'bare',
          namespace,
          labels: { 'sidecar.istio.io/inject': 'false' },
        },
        spec: {
          containers: [{ name: 'app', ...(resources && { resources }) }],
        },
      } as Pod);
      expect(pods(store)[0].status).toMatchObject({ qosClass });
    },
  );

  it.each([5, 1, 0])('follows a scaling to %d', replicas => {
    const store = clusterWith(service, chat);
    edit(store, draft => {
      draft.spec.replicas = replicas;
    });
    expect(pods(store)).toHaveLength(replicas);
    expect(endpoints(store)).toHaveLength(replicas);
    expect(deployment(store)?.status?.replicas).toBe(replicas);
    expect(deployment(store)?.status?.readyReplicas ?? 0).toBe(replicas);
  });

  it('writes a slice without endpoints for a Service that selects nothing', () => {
    const store = clusterWith(service);
    expect(
      store.list<EndpointSlice>('discovery.k8s.io', 'EndpointSlice'),
    ).toMatchObject([{ endpoints: null, ports: null }]);
  });

  it('replaces the pods when the template changes, and keeps the old ReplicaSet at zero', () => {
    const store = clusterWith(service, chat);
    const before = pods(store).map(({ metadata }) => metadata.name);
    edit(store, draft => {
      draft.spec.template.spec.containers[0].image = 'chat:2';
    });
    const after = pods(store).map(({ metadata }) => metadata.name);
    expect(after).toHaveLength(3);
    expect(after.some(name => before.includes(name))).toBe(false);
    const sets = store.list<Workload>('apps', 'ReplicaSet');
    expect(sets.map(({ spec }) => spec.replicas).sort()).toEqual([0, 3]);
    expect(
      deployment(store)?.metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
    ).toBe('2');
  });

  it('takes the old ReplicaSet again when the template comes back', () => {
    const store = clusterWith(chat);
    for (const image of ['chat:2', undefined]) {
      edit(store, draft => {
        draft.spec.template.spec.containers[0].image = image;
      });
    }
    expect(store.list('apps', 'ReplicaSet')).toHaveLength(2);
    expect(
      deployment(store)?.metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
    ).toBe('3');
    expect(pods(store)).toHaveLength(3);
  });

  it('creates a pod anew, under another name, when one is deleted', () => {
    const store = clusterWith(service, chat);
    const [gone] = pods(store);
    store.remove('', 'Pod', gone.metadata);
    const names = pods(store).map(({ metadata }) => metadata.name);
    expect(names).toHaveLength(3);
    expect(names).not.toContain(gone.metadata.name);
    expect(endpoints(store)).toHaveLength(3);
  });

  it('keeps pods from being ready while the Deployment is marked', () => {
    const store = clusterWith(service, chat);
    edit(store, draft => {
      draft.metadata.annotations = { 'mesh-sandbox.io/unready': 'true' };
    });
    expect(endpoints(store).map(each => each.conditions.ready)).toEqual([
      false,
      false,
      false,
    ]);
    expect(deployment(store)?.status).toMatchObject({
      replicas: 3,
      unavailableReplicas: 3,
      conditions: expect.arrayContaining([
        expect.objectContaining({ type: 'Available', status: 'False' }),
      ]),
    });
    edit(store, draft => {
      draft.metadata.annotations = {};
    });
    expect(endpoints(store).every(each => each.conditions.ready)).toBe(true);
    expect(deployment(store)?.status?.readyReplicas).toBe(3);
  });

  it.each<[string, Partial<Pod['metadata']>, string, string[]]>([
    ['an injected namespace', {}, 'enabled', ['app', 'istio-proxy']],
    ['a namespace without injection', {}, 'none', ['app']],
    ['a disabled namespace', {}, 'disabled', ['app']],
    [
      'a label that says no',
      { labels: { 'sidecar.istio.io/inject': 'false' } },
      'enabled',
      ['app'],
    ],
    [
      'an annotation that says no',
      { annotations: { 'sidecar.istio.io/inject': 'false' } },
      'enabled',
      ['app'],
    ],
    [
      'a label that says yes',
      { labels: { 'sidecar.istio.io/inject': 'true' } },
      'none',
      ['app', 'istio-proxy'],
    ],
  ])('with %s', (_, metadata, injection, containers) => {
    const store = clusterWith();
    store.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'other',
        labels: injection === 'none' ? {} : { 'istio-injection': injection },
      },
    });
    const pod = store.create<Pod>({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'bare', namespace: 'other', ...metadata },
      spec: { containers: [{ name: 'app' }] },
    });
    expect(pod.spec.containers.map(({ name }) => name)).toEqual(containers);
  });

  it('makes the sidecar an init container where it is asked to be native', () => {
    const store = clusterWith();
    const { spec } = store.create<Pod>({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'bare',
        namespace,
        annotations: { 'sidecar.istio.io/nativeSidecar': 'true' },
      },
      spec: { containers: [{ name: 'app' }] },
    });
    expect(spec.containers.map(({ name }) => name)).toEqual(['app']);
    expect(spec.initContainers).toMatchObject([
      { name: 'istio-init' },
      { name: 'istio-proxy', restartPolicy: 'Always' },
    ]);
  });

  it('marks pods of an ambient namespace', () => {
    const store = clusterWith();
    store.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'quiet',
        labels: { 'istio.io/dataplane-mode': 'ambient' },
      },
    });
    const pod = store.create<Pod>({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'bare', namespace: 'quiet' },
      spec: { containers: [{ name: 'app' }] },
    });
    expect(pod.spec.containers).toHaveLength(1);
    expect(pod.metadata.annotations).toEqual({
      'ambient.istio.io/redirection': 'enabled',
    });
  });

  it('keeps StatefulSets by ordinal and DaemonSets by node', () => {
    const node = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
    });
    const store = clusterWith(
      node('node-a'),
      { ...chat, kind: 'StatefulSet', metadata: { name: 'db', namespace } },
      { ...chat, kind: 'DaemonSet', metadata: { name: 'agent', namespace } },
      node('node-b'),
    );
    const names = (prefix: string) =>
      pods(store)
        .map(({ metadata }) => metadata.name)
        .filter(name => name.startsWith(prefix))
        .sort();
    expect(names('db')).toEqual(['db-0', 'db-1', 'db-2']);
    expect(names('agent')).toHaveLength(2);
    store.update<Workload>(
      'apps',
      'StatefulSet',
      { namespace, name: 'db' },
      draft => {
        draft.spec.replicas = 1;
      },
    );
    expect(names('db')).toEqual(['db-0']);
  });

  it('removes with an owner what it owns, and with a namespace all that is in it', () => {
    const store = clusterWith(service, chat, {
      ...chat,
      metadata: { name: 'chat-v2', namespace },
    });
    store.remove('apps', 'Deployment', { namespace, name: 'chat-v1' });
    expect(pods(store)).toHaveLength(3);
    expect(endpoints(store)).toHaveLength(3);
    store.remove('', 'Namespace', { name: namespace });
    expect(
      store.kinds.flatMap(({ group, kind }) => store.list(group, kind)),
    ).toEqual([]);
  });

  it('brings in line what the store held before', () => {
    const store = new ObjectStore();
    [
      service,
      chat,
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace, labels: { 'istio-injection': 'enabled' } },
      },
    ].forEach(object => store.create(object));
    startControllers(store);
    expect(pods(store).map(({ spec }) => spec.containers.length)).toEqual([
      2, 2, 2,
    ]);
    expect(endpoints(store)).toHaveLength(3);
    expect(
      store.get<Service>('', 'Service', { namespace, name: 'chat' })?.spec
        .clusterIP,
    ).toMatch(/^10\.96\./);
  });

  it('refuses a workload that it could not run', () => {
    expect(() =>
      clusterWith({ ...chat, spec: { replicas: 1 } } as KubeObject),
    ).toThrow('Deployment "chat-v1" needs spec.template.spec.containers');
  });

  it('is the same at every start', () => {
    const all = () => {
      const store = clusterWith(service, chat);
      return store.kinds.flatMap(({ group, kind }) => store.list(group, kind));
    };
    expect(all()).toEqual(all());
  });

  it('comes to rest with as many pods and endpoints as were asked for last', () => {
    const step = fc.oneof(
      fc.record({ replicas: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ image: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ unready: fc.boolean() }),
      fc.constant({ kill: true }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        const store = clusterWith(service, chat);
        for (const each of steps) {
          const victim = pods(store).at(-1);
          if ('kill' in each && victim) {
            store.remove('', 'Pod', victim.metadata);
          }
          edit(store, draft => {
            if ('replicas' in each) {
              draft.spec.replicas = each.replicas;
            }
            if ('image' in each) {
              draft.spec.template.spec.containers[0].image = each.image;
            }
            if ('unready' in each) {
              draft.metadata.annotations = each.unready
                ? { 'mesh-sandbox.io/unready': 'true' }
                : {};
            }
          });
        }
        const { spec, metadata, status } = deployment(store)!;
        const unready = metadata.annotations?.['mesh-sandbox.io/unready'];
        const ready = unready ? 0 : spec.replicas;
        expect(pods(store)).toHaveLength(spec.replicas!);
        expect(endpoints(store)).toHaveLength(spec.replicas!);
        expect(
          endpoints(store).filter(({ conditions }) => conditions.ready),
        ).toHaveLength(ready!);
        expect(status?.readyReplicas ?? 0).toBe(ready);
        const addresses = pods(store).map(pod => pod.status?.podIP);
        expect(new Set(addresses).size).toBe(addresses.length);
        const before = store.resourceVersion;
        edit(store, () => {});
        expect(store.resourceVersion).toBe(before);
      }),
      { numRuns: 50 },
    );
  });

  it('gives a thousand Deployments all their pods and endpoints', () => {
    const store = clusterWith();
    for (let i = 0; i < 1000; i += 1) {
      const labels = { app: `app-${i}`, version: 'v1' };
      store.create({
        ...service,
        metadata: { name: `app-${i}`, namespace },
        spec: { ...service.spec, selector: { app: `app-${i}` } },
      });
      store.create({
        ...chat,
        metadata: { name: `app-${i}-v1`, namespace },
        spec: {
          replicas: 4,
          selector: { matchLabels: labels },
          template: { ...chat.spec.template, metadata: { labels } },
        },
      });
    }
    expect(pods(store)).toHaveLength(4000);
    expect(endpoints(store)).toHaveLength(4000);
  });
});
