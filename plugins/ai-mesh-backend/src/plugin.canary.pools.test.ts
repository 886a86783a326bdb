import type {
  Canary,
  CanaryRequestInput,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import type { Knex } from 'knex';
import {
  CanaryPortal,
  chat,
  writableCluster,
} from './__testUtils__/CanaryPortal';
import { ClusterObject } from './__testUtils__/ClusterObject';
import { component, until } from './__testUtils__/startPortal';
import { testDatabases } from './canary/store/__testUtils__/testDatabases';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  startScrapingPrometheusWithout,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(600_000);

const { databases, ids } = testDatabases();

const namespace = '/namespaces/ai-services';

/** Of the model, which two pools serve. */
const llm = {
  ...component('chat', { 'ai-mesh.io/service': 'ai-services/llm' }),
  relations: chat.relations,
};

/** Short times, and bounds that the small numbers of a test do not cross by chance. */
const plan: CanaryRequestInput['plan'] = {
  steps: [50, 100],
  intervalSeconds: 5,
  checkSeconds: 1,
  minRequests: 20,
  confidence: 0.9,
  qualityGates: ['pool-queue', 'pool-cache'],
  gates: {
    errorRate: {
      rollBackAbove: 0.1,
      advanceBelow: 0.06,
      nonInferiorityMargin: 0.1,
    },
    latencyP99: { enabled: false },
    throttled: { rollBackAbove: 0.5, advanceBelow: 0.4 },
    tokensPerRequest: {
      rollBackAboveTimesStable: 10,
      advanceUpToTimesStable: 9,
    },
    timeToFirstToken: {
      rollBackAboveTimesStable: 10,
      advanceUpToTimesStable: 9,
    },
  },
};

const asked: Partial<CanaryRequestInput> = {
  service: { cluster: 'shop', namespace: 'ai-services', name: 'llm' },
  stable: { pool: 'llm-v1' },
  canary: { pool: 'llm-v2' },
  plan,
};

describeWithPrometheus.each([
  ['Istio`s gateway, the model servers and the endpoint pickers', true],
  ['the model servers and the endpoint pickers alone', false],
])('canaries of an InferencePool, by %s', (_, withIstio) => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let knex: Knex;
  let portal: CanaryPortal;
  let route: ClusterObject;
  let first: Awaited<ReturnType<ClusterObject['read']>>;

  const object = (path: string) => new ClusterObject(sandbox, path);
  const weights = async () =>
    (await route.read()).spec.rules[0].backendRefs.map(
      (one: { weight: number }) => one.weight,
    );

  async function play(name: string): Promise<void> {
    const response = await fetch(`${sandbox.control}/scene`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    expect(response.status).toBeLessThan(300);
  }

  beforeAll(async () => {
    sandbox = await startSandbox(['--world', 'pools', '--speed', '4']);
    prometheus = withIstio
      ? await startScrapingPrometheus(sandbox.metrics)
      : await startScrapingPrometheusWithout('istio_.*', sandbox.metrics);
    route = object(
      `/apis/gateway.networking.k8s.io/v1${namespace}/httproutes/llm`,
    );
    first = await route.read();
    knex = await databases.init(ids[0][0]);
    portal = await CanaryPortal.start({
      knex,
      entities: [llm],
      clusters: [
        writableCluster(sandbox, {
          prometheus: {
            url: prometheus.url,
            cacheTtl: '0s',
            scrapeInterval: '1s',
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await prometheus?.stop();
    await sandbox?.stop();
    await knex?.destroy();
  });

  async function started(): Promise<Canary> {
    const answer = await until(
      () => portal.as('olivia').request(asked).catch(String),
      one => typeof one !== 'string',
      300_000,
    );
    const canary = answer as Canary;
    await portal.as('adam').act(canary.id, { action: 'approve', version: 1 });
    return canary;
  }

  it('are offered by the form with both pools, at their weights', async () => {
    const { services } = await until(
      () => portal.as('rita').options(),
      ({ services: [one] }) => (one?.routes.length ?? 0) > 0,
      300_000,
    );
    expect(services).toMatchObject([
      {
        service: { name: 'llm' },
        routes: [
          {
            route: { object: { kind: 'HTTPRoute', name: 'llm' } },
            catchAll: true,
            weights: [
              { host: 'InferencePool:llm-v1.ai-services', percent: 90 },
              { host: 'InferencePool:llm-v2.ai-services', percent: 10 },
            ],
          },
        ],
        versions: [
          { label: 'llm-v1', version: { pool: 'llm-v1' } },
          { label: 'llm-v2', version: { pool: 'llm-v2' } },
        ],
      },
    ]);
  });

  it('are no missing destinations to the review, and their traffic is the Service’s', async () => {
    const of = async (what: string) =>
      (
        await portal.http(
          'rita',
          'get',
          `/v1/entities/component/default/chat/${what}`,
        )
      ).body;
    const { findings } = await of('review');
    expect(
      findings.filter(({ code }: { code: string }) => code === 'AIM301'),
    ).toEqual([]);
    const { services } = await of('routes');
    const own = services.find(
      ({ service }: { service: { name: string } }) => service.name === 'llm',
    );
    expect(own.rules).toMatchObject([
      {
        destinations: [
          {
            kind: 'InferencePool',
            weightPercent: 90,
            endpoints: { value: { ready: 2 } },
          },
          {
            kind: 'InferencePool',
            weightPercent: 10,
            endpoints: { value: { ready: 2 } },
          },
        ],
      },
    ]);
    if (!withIstio) {
      return;
    }
    await until(
      () => of('topology'),
      ({ nodes = [] }) =>
        nodes.some(({ name }: { name: string }) => name === 'ai-gateway-istio'),
      300_000,
    );
  });

  it('are judged by what is counted, and promoted', async () => {
    const canary = await started();
    const ended = await portal.when(
      canary.id,
      ({ state }) => !['requested', 'approved', 'progressing'].includes(state),
      300_000,
    );
    expect(ended).toMatchObject({ state: 'promoted' });
    expect(await weights()).toEqual([0, 100]);
    const step = ended.transitions.filter(({ what }) => what === 'step')[1];
    const gate = (name: string) =>
      step.evidence?.gates.find(one => one.gate === name);
    expect(gate('error-rate')?.test?.canary.requests).toBeGreaterThan(20);
    for (const name of [
      'tokens-per-request',
      'time-to-first-token',
      'pool-queue',
      'pool-cache',
    ]) {
      expect(gate(name)).toMatchObject({
        canary: { value: { status: 'known' } },
        stable: { value: { status: 'known' } },
      });
    }
  });

  it('are rolled back by themselves, to the byte, where the new pool fails', async () => {
    await route.restore(first);
    const kept = await route.text();
    const canary = await started();
    await portal.when(canary.id, ({ step }) => step === 0, 300_000);
    await play('bad-pool');
    const ended = await portal.when(
      canary.id,
      ({ state }) =>
        !['approved', 'progressing', 'rollingBack'].includes(state),
      300_000,
    );
    expect(ended.state).toBe('rolledBack');
    expect(ended.transitions.map(({ what }) => what)).toContain('breach');
    expect(await route.text()).toBe(kept);
  });
});
