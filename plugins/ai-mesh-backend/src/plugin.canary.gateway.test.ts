import type {
  Canary,
  CanaryRequestInput,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import type { Knex } from 'knex';
import { CanaryPortal, writableCluster } from './__testUtils__/CanaryPortal';
import { ClusterObject } from './__testUtils__/ClusterObject';
import { until } from './__testUtils__/startPortal';
import { testDatabases } from './canary/store/__testUtils__/testDatabases';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(600_000);

const { databases, ids } = testDatabases();

const namespace = '/namespaces/ai-services';

/** Short times, and bounds that the small numbers of a test do not cross by chance. */
const plan: CanaryRequestInput['plan'] = {
  steps: [50, 100],
  intervalSeconds: 5,
  checkSeconds: 1,
  minRequests: 20,
  confidence: 0.9,
  gates: {
    errorRate: {
      rollBackAbove: 0.1,
      advanceBelow: 0.06,
      nonInferiorityMargin: 0.1,
    },
    latencyP99: { enabled: false },
    throttled: { rollBackAbove: 0.5, advanceBelow: 0.4 },
    tokensPerRequest: { enabled: false },
    timeToFirstToken: { enabled: false },
  },
};

describeWithPrometheus.each([
  ['HTTPRoute', 'httproutes', 'http'],
  ['GRPCRoute', 'grpcroutes', 'grpc'],
])('canaries of a %s on a living mesh', (kind, plural, protocol) => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let knex: Knex;
  let portal: CanaryPortal;
  let route: ClusterObject;
  /** Before any canary. */
  let text: string;
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
    sandbox = await startSandbox(['--speed', '4']);
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    await object(
      `/apis/networking.istio.io/v1${namespace}/virtualservices/ai-chat-service`,
    ).delete();
    await object(`/api/v1${namespace}/services/ai-chat-service`).patch([
      { op: 'add', path: '/spec/ports/0/appProtocol', value: protocol },
    ]);
    for (const version of ['v1', 'v2']) {
      await object(`/api/v1${namespace}/services/chat-${version}`).create({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: `chat-${version}`, namespace: 'ai-services' },
        spec: {
          selector: { app: 'ai-chat-service', version },
          ports: [{ name: protocol, port: 8080 }],
        },
      });
    }
    route = object(
      `/apis/gateway.networking.k8s.io/v1${namespace}/${plural}/chat`,
    );
    await route.create({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind,
      metadata: { name: 'chat', namespace: 'ai-services' },
      spec: {
        parentRefs: [
          { group: '', kind: 'Service', name: 'ai-chat-service', port: 8080 },
        ],
        rules: [
          {
            backendRefs: [
              { name: 'chat-v1', port: 8080, weight: 100 },
              { name: 'chat-v2', port: 8080, weight: 0 },
            ],
          },
        ],
      },
    });
    text = await route.text();
    first = await route.read();
    knex = await databases.init(ids[0][0]);
    portal = await CanaryPortal.start({
      knex,
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

  async function started(more: CanaryRequestInput['plan'] = {}) {
    const asked = await until(
      () =>
        portal
          .as('olivia')
          .request({
            stable: { host: 'chat-v1' },
            canary: { host: 'chat-v2' },
            plan: { ...plan, ...more },
          })
          .catch(String),
      answer => typeof answer !== 'string',
      60_000,
    );
    const canary = asked as Canary;
    await portal.as('adam').act(canary.id, { action: 'approve', version: 1 });
    return canary;
  }

  it('are offered by the form with both versions', async () => {
    const { services } = await until(
      () => portal.as('rita').options(),
      ({ services: [chat] }) => chat?.routes[0]?.route.object.kind === kind,
      60_000,
    );
    expect(services[0].routes).toMatchObject([
      { catchAll: true, weights: [{ percent: 100 }, { percent: 0 }] },
    ]);
    expect(services[0].versions.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['chat-v1', 'chat-v2']),
    );
  });

  it('say of an affinity what the route can have of it', async () => {
    const { checks, diff } = await portal.as('olivia').preview({
      stable: { host: 'chat-v1' },
      canary: { host: 'chat-v2' },
      plan: { ...plan, affinity: { cookie: 'chat-canary' } },
    });
    const blocking = checks
      .filter(({ outcome }) => outcome === 'blocks')
      .map(({ code, message }) => `${code}: ${message}`);
    const isGrpc = kind === 'GRPCRoute';
    expect(
      blocking.map(message =>
        message.includes('by a cookie on a GRPCRoute: browsers do not call'),
      ),
    ).toEqual(isGrpc ? [true] : []);
    // The cluster has tried it: its schema takes the match, and the filter of a backend.
    expect(diff.map(({ path }) => path)).toEqual(
      expect.arrayContaining(
        isGrpc
          ? ['spec.rules[0].backendRefs[0].weight']
          : ['spec.rules[0]', 'spec.rules[0].backendRefs[1].filters'],
      ),
    );
  });

  it('begin with the headers of their header phase, and take its rule away exactly', async () => {
    const canary = await started({
      intervalSeconds: 600,
      longestHoldSeconds: 600,
      headerPhase: { headers: [{ name: 'x-user', prefix: 'test-' }] },
    });
    await portal.when(canary.id, ({ phase }) => phase === 'header');
    const { rules } = (await route.read()).spec;
    expect(rules).toHaveLength(2);
    expect(rules[0]).toMatchObject({
      matches: [
        {
          headers: [
            { type: 'RegularExpression', name: 'x-user', value: 'test-.*' },
          ],
        },
      ],
      backendRefs: [{ name: 'chat-v2', port: 8080 }],
    });
    await portal.as('carla').actNow(canary.id, 'rollBack');
    await portal.when(canary.id, ({ state }) => state === 'rolledBack');
    expect(await route.text()).toBe(text);
  });

  if (kind === 'HTTPRoute') {
    it('keep who was led to the canary there by a cookie, and take both away exactly', async () => {
      const canary = await started({
        intervalSeconds: 600,
        longestHoldSeconds: 600,
        affinity: { cookie: 'chat-canary', maxAgeSeconds: 600 },
      });
      await portal.when(canary.id, ({ step }) => step === 0);
      const { rules } = (await route.read()).spec;
      expect(rules).toHaveLength(2);
      const [kept, split] = rules;
      expect(kept).toMatchObject({
        matches: [
          {
            headers: [
              {
                type: 'RegularExpression',
                name: 'cookie',
                value: expect.stringContaining(`chat-canary=${canary.id}`),
              },
            ],
          },
        ],
        backendRefs: [{ name: 'chat-v2', port: 8080 }],
      });
      const [stable, other] = split.backendRefs;
      expect(stable).not.toHaveProperty('filters');
      expect(other.filters).toEqual([
        {
          type: 'ResponseHeaderModifier',
          responseHeaderModifier: {
            add: [
              {
                name: 'Set-Cookie',
                value: expect.stringMatching(
                  new RegExp(`^chat-canary=${canary.id}; .*Max-Age=600`),
                ),
              },
            ],
          },
        },
      ]);
      await portal.as('carla').actNow(canary.id, 'rollBack');
      await portal.when(canary.id, ({ state }) => state === 'rolledBack');
      expect(await route.text()).toBe(text);
    });
  }

  // Before the scene that fails: its last answers are still on their way when it ends.
  it('are promoted by their evidence where it does well', async () => {
    await play('good-canary');
    const canary = await started();
    const ended = await portal.when(
      canary.id,
      ({ state }) => !['requested', 'approved', 'progressing'].includes(state),
      300_000,
    );
    expect(ended).toMatchObject({ state: 'promoted' });
    expect(await weights()).toEqual([0, 100]);
    const step = ended.transitions.filter(({ what }) => what === 'step')[1];
    const errors = step.evidence?.gates.find(
      ({ gate }) => gate === 'error-rate',
    );
    expect(errors?.canary.value).toMatchObject({ status: 'known' });
    expect(errors?.test?.canary.requests).toBeGreaterThan(20);
  });

  it('are rolled back by themselves, to the byte, where the new version fails', async () => {
    await route.restore(first);
    const kept = await route.text();
    const canary = await started();
    await portal.when(canary.id, ({ step }) => step === 0);
    await play('bad-canary');
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
