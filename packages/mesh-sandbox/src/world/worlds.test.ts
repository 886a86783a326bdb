import { mkdtemp, rm, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { generateMesh, generateWorld, writeWorld } from '../generator';
import { SchemaValidator, startControllers } from '../kubernetes';
import { DestinationRule, VirtualService } from '../mesh';
import { KubeObject, ObjectStore } from '../store';
import { startMeshSandbox } from '../server';
import { nativeSchemas } from '../testing/nativeSchemas';
import { builtInWorld, readWorld, World } from '.';
import { parseBehaviour } from './parseBehaviour';

const BUILT_IN: [string, () => Promise<World>][] = [
  ['shop', () => readWorld(builtInWorld('shop'))],
  ['pools', () => readWorld(builtInWorld('pools'))],
  ['ambient', () => readWorld(builtInWorld('ambient'))],
  ['two-clusters/east', () => readWorld(builtInWorld('two-clusters/east'))],
  ['two-clusters/west', () => readWorld(builtInWorld('two-clusters/west'))],
];

async function complaints({ objects }: World): Promise<string[]> {
  const validator = new SchemaValidator(nativeSchemas);
  const found: string[] = [];
  for (const object of objects) {
    await validator.load(object.apiVersion);
    for (const { message, field } of validator.causes(object)) {
      found.push(`${object.kind} ${object.metadata.name}: ${field} ${message}`);
    }
  }
  return found;
}

function find<T extends KubeObject>(
  { objects }: World,
  kind: string,
  name: string,
): T {
  return objects.find(
    one => one.kind === kind && one.metadata.name === name,
  ) as T;
}

describe.each(BUILT_IN)('the world %s', (_name, read) => {
  let world: World;
  beforeAll(async () => {
    world = await read();
  });

  it("holds nothing that Istio's schemas refuse", async () => {
    expect(await complaints(world)).toEqual([]);
  });

  it('names each object once', () => {
    const names = world.objects.map(
      ({ apiVersion, kind, metadata }) =>
        `${apiVersion}/${kind}/${metadata.namespace ?? ''}/${metadata.name}`,
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('speaks of workloads, hosts and callers that exist', () => {
    const workloads = world.objects
      .filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    const { behaviour } = world;
    expect(workloads).toEqual(
      expect.arrayContaining([
        ...behaviour.workloads.map(({ workload }) => workload),
        ...behaviour.loads.map(({ from }) => from),
      ]),
    );
  });
});

describe('the shop', () => {
  let shop: World;
  beforeAll(async () => {
    shop = await readWorld(builtInWorld('shop'));
  });

  it('has the settings of the scenario', () => {
    const rule = find<DestinationRule>(
      shop,
      'DestinationRule',
      'ai-chat-service',
    ).spec;
    expect(rule?.trafficPolicy?.connectionPool).toEqual({
      tcp: { maxConnections: 100 },
      http: {
        http1MaxPendingRequests: 50,
        http2MaxRequests: 100,
        maxRequestsPerConnection: 10,
      },
    });
    expect(
      rule?.subsets?.map(
        ({ name, trafficPolicy }) =>
          `${name} ${trafficPolicy?.connectionPool?.http?.http1MaxPendingRequests}`,
      ),
    ).toEqual(['v1 80', 'v2 30']);
    const breaker = find<DestinationRule>(
      shop,
      'DestinationRule',
      'llm-service-circuit-breaker',
    ).spec?.trafficPolicy;
    expect(breaker?.outlierDetection).toMatchObject({
      consecutiveGatewayErrors: 10,
      consecutive5xxErrors: 10,
      interval: '60s',
      baseEjectionTime: '120s',
      maxEjectionPercent: 30,
    });
    const [vip, testing, split] =
      find<VirtualService>(shop, 'VirtualService', 'ai-chat-service').spec
        ?.http ?? [];
    expect(vip).toMatchObject({
      timeout: '30s',
      retries: {
        attempts: 2,
        perTryTimeout: '15s',
        retryOn: 'gateway-error,connect-failure,retriable-4xx',
      },
    });
    expect(testing.route?.[0].destination.subset).toBe('v2');
    expect(split.route?.map(({ weight }) => weight)).toEqual([90, 10]);
    expect(split).toMatchObject({
      timeout: '60s',
      retries: { attempts: 2, perTryTimeout: '25s' },
    });
  });
});

describe.each(['ambient', 'two-clusters'] as const)(
  'a generated mesh like %s',
  shape => {
    const worlds = generateMesh({ services: 30, seed: 3, shape });

    it('holds to the schemas', async () => {
      for (const world of worlds) {
        expect(await complaints(world)).toEqual([]);
      }
    });

    it('is reported by the proxies that such a mesh has', async () => {
      const sandbox = await startMeshSandbox({ speed: 0.0001, world: worlds });
      for (let i = 0; i < 20; i += 1) {
        sandbox.tick();
      }
      const texts = await Promise.all(
        sandbox.clusters.map(async ({ metrics }) =>
          (await fetch(metrics)).text(),
        ),
      );
      await sandbox.stop();
      for (const text of texts) {
        expect(text).toMatch(
          shape === 'ambient'
            ? /istio_requests_total\{reporter="waypoint".* [1-9]/
            : /istio_tcp_connections_opened_total\{.*istio-eastwestgateway.* [1-9]/,
        );
      }
    });
  },
);

describe('generated worlds', () => {
  it.each([1, 3, 20, 100])(
    'have %i services, and hold to the schemas',
    async services => {
      const world = generateWorld({ services, seed: 3 });
      const own = world.objects.filter(
        ({ kind, metadata }) =>
          kind === 'Service' && metadata.namespace !== 'istio-system',
      );
      expect(own).toHaveLength(services);
      expect(await complaints(world)).toEqual([]);
    },
  );

  it('are the same for the same seed, and others for others', () => {
    const text = (seed: number) =>
      JSON.stringify(generateWorld({ services: 60, seed }));
    expect(text(5)).toBe(text(5));
    expect(text(5)).not.toBe(text(6));
  });

  it('have as many pods as are asked for, and none fewer than without', () => {
    const podsOf = (pods?: number) => {
      const store = new ObjectStore();
      generateWorld({ services: 60, pods }).objects.forEach(object =>
        store.create(object),
      );
      startControllers(store);
      return store
        .list('', 'Pod')
        .filter(({ metadata }) => metadata.namespace !== 'istio-system').length;
    };
    expect(podsOf(300)).toBe(300);
    expect(podsOf(5)).toBe(podsOf());
  });

  it('put about twenty services in a namespace', () => {
    const { objects } = generateWorld({ services: 100 });
    const namespaces = objects.filter(
      ({ kind, metadata }) =>
        kind === 'Namespace' && metadata.name !== 'istio-system',
    );
    expect(namespaces).toHaveLength(5);
  });

  it('have several versions, plaintext callers and every dialect', () => {
    const { objects, behaviour } = generateWorld({ services: 200 });
    const store = new ObjectStore();
    objects.forEach(object => store.create(object));
    startControllers(store);
    const dialects = new Set(
      behaviour.workloads.map(({ aiMetrics }) => aiMetrics?.dialect),
    );
    expect(dialects).toEqual(
      new Set([undefined, 'micrometer', 'opentelemetry', 'vllm']),
    );
    const names = objects.map(({ metadata }) => metadata.name);
    expect(names.some(name => name.endsWith('-v3'))).toBe(true);
    expect(names).toContain('nightly-job');
    expect(store.list('', 'Pod').length).toBeGreaterThan(200);
  });

  it('are read back from a folder as they were written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'world-'));
    try {
      const world = generateWorld({ services: 25 });
      await writeWorld(world, folder);
      const read = await readWorld(folder);
      expect(read.behaviour).toEqual(world.behaviour);
      const byName = ({ kind, metadata }: KubeObject) =>
        `${kind}/${metadata.namespace}/${metadata.name}`;
      const sorted = ({ objects }: World) =>
        [...objects].sort((a, b) => byName(a).localeCompare(byName(b)));
      expect(sorted(read)).toEqual(sorted(world));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a world that cannot be played', () => {
  it.each([
    [
      { loads: [{ from: 'web', requestsPerSecond: 1, requests: [] }] },
      'loads[0].from: must be <namespace>/<workload>',
    ],
    [{ wokloads: [] }, 'Unrecognized key: "wokloads"'],
    [
      { workloads: [{ workload: 'a/b', errorRatio: 3 }] },
      'workloads[0].errorRatio',
    ],
    [
      { workloads: [{ workload: 'a/b', calls: [{ to: 'chat' }] }] },
      'workloads[0].calls[0].to: must be <host>:<port>',
    ],
    [
      { workloads: [{ workload: 'a/b', latencyMs: { median: 9, p99: 3 } }] },
      'p99 must not be below median',
    ],
    [
      { workloads: [{ workload: 'a/b', serves: ['gpt'] }] },
      'there is no model "gpt" in models',
    ],
  ])('is told by the field: %j', (behaviour, message) => {
    expect(() => parseBehaviour(behaviour, 'behaviour.yaml')).toThrow(message);
  });

  it.each([
    ['kind: Service', 'apiVersion, kind and metadata.name'],
    ['a: [', 'world.yaml'],
  ])('is told by the file: %s', async (text, message) => {
    const folder = await mkdtemp(join(tmpdir(), 'world-'));
    try {
      await writeFile(join(folder, 'world.yaml'), text);
      await expect(readWorld(folder)).rejects.toThrow(message);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is told by the folder that is not there', async () => {
    await expect(readWorld('nowhere')).rejects.toThrow(
      'cannot read the world nowhere',
    );
  });
});
