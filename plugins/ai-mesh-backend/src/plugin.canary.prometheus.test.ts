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
const SPLIT = 2;

/** Short times, and bounds that the small numbers of a test do not cross by chance. */
const plan: CanaryRequestInput['plan'] = {
  steps: [50, 100],
  intervalSeconds: 5,
  checkSeconds: 1,
  minRequests: 20,
  gates: {
    errorRate: { rollBackAbove: 0.08, advanceBelow: 0.05 },
    latencyP99: { rollBackAboveTimesStable: 20, advanceUpToTimesStable: 20 },
    throttled: { rollBackAbove: 0.5, advanceBelow: 0.4 },
    tokensPerRequest: {
      rollBackAboveTimesStable: 20,
      advanceUpToTimesStable: 20,
    },
    timeToFirstToken: {
      rollBackAboveTimesStable: 20,
      advanceUpToTimesStable: 20,
    },
  },
};

describeWithPrometheus('canaries on a living mesh', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let route: ClusterObject;
  let before: Awaited<ReturnType<ClusterObject['read']>>;

  beforeAll(async () => {
    sandbox = await startSandbox(['--speed', '4']);
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    route = new ClusterObject(
      sandbox,
      '/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service',
    );
    before = await route.read();
  });

  afterAll(async () => {
    await prometheus?.stop();
    await sandbox?.stop();
  });

  async function play(name: string): Promise<void> {
    const response = await fetch(`${sandbox.control}/scene`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    expect(response.status).toBeLessThan(300);
  }

  describe.each(ids)('with %s', id => {
    let knex: Knex;
    let portal: CanaryPortal;

    beforeAll(async () => {
      knex = await databases.init(id);
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
      await portal.as('rita').options();
    });

    afterAll(async () => {
      await portal?.stop();
      await knex?.destroy();
    });

    beforeEach(async () => {
      await play('good-canary');
      await route.restore(before);
    });

    async function started(
      changes: Partial<CanaryRequestInput> = {},
    ): Promise<Canary> {
      const asked = await until(
        () =>
          portal
            .as('olivia')
            .request({ plan, ...changes })
            .catch(String),
        answer => typeof answer !== 'string',
        60_000,
      );
      const canary = asked as Canary;
      await portal.as('adam').act(canary.id, { action: 'approve', version: 1 });
      return canary;
    }

    const sentOf = (canary: Canary) =>
      portal.sent
        .map(({ payload }) => payload)
        .filter(({ link }) => link?.endsWith(canary.id));

    /** What people were told of a canary, in order; the same by another replica is the same. */
    const told = (canary: Canary) => [
      ...new Set(
        sentOf(canary).map(({ title }) =>
          title.replace('The canary of chat (v2) ', ''),
        ),
      ),
    ];

    it('carries a good one to its promotion', async () => {
      const canary = await started();
      const ended = await portal.when(
        canary.id,
        ({ state }) =>
          !['requested', 'approved', 'progressing'].includes(state),
        300_000,
      );
      expect(ended).toMatchObject({ state: 'promoted' });
      expect(await route.weights(SPLIT)).toEqual([0, 100]);
      const { metadata } = await route.read();
      expect(metadata.annotations ?? {}).toEqual(
        before.metadata.annotations ?? {},
      );
      const steps = ended.transitions.filter(({ what }) => what === 'step');
      expect(
        steps.map(({ by, weightsAfter }) => [
          by,
          weightsAfter?.destinations.map(({ weight }) => weight),
        ]),
      ).toEqual([
        ['engine', [50, 50]],
        ['engine', [0, 100]],
      ]);
      // The step was decided on evidence, which can be asked for again.
      const { evidence } = steps[1];
      expect(evidence?.verdict.outcome).toBe('pass');
      const errors = evidence?.gates.find(({ gate }) => gate === 'error-rate');
      expect(errors?.canary.promql).toContain('istio_requests_total');
      expect(errors?.canary.requests).toMatchObject({ status: 'known' });
      await until(
        async () => told(canary),
        titles => titles.length >= 3,
        10_000,
      );
      expect(told(canary)).toEqual([
        'waits for approval',
        'was approved',
        'was promoted',
      ]);
      // Each takes the place of the one before it.
      expect(new Set(sentOf(canary).map(({ scope }) => scope)).size).toBe(1);
    });

    it('rolls a bad one back by itself, to the byte', async () => {
      const text = await route.text();
      const canary = await started();
      await portal.when(canary.id, ({ weights }) => weights !== undefined);
      await play('bad-canary');
      const ended = await portal.when(
        canary.id,
        ({ state }) =>
          !['approved', 'progressing', 'rollingBack'].includes(state),
        300_000,
      );
      expect(ended.state).toBe('rolledBack');
      expect(await route.text()).toBe(text);
      const breach = ended.transitions.find(({ what }) => what === 'breach');
      expect(breach).toMatchObject({ by: 'engine', to: 'rollingBack' });
      expect(
        breach?.evidence?.gates.find(({ gate }) => gate === 'error-rate')
          ?.outcome,
      ).toBe('breach');
      await until(
        async () => told(canary),
        titles => titles.includes('was rolled back'),
        10_000,
      );
      expect(told(canary)).toContain('is being rolled back');
    });

    it('pauses where somebody edits the route, and overwrites nothing until told to', async () => {
      const text = await route.text();
      const canary = await started({
        plan: { ...plan, intervalSeconds: 600, longestHoldSeconds: 600 },
      });
      await portal.when(canary.id, ({ step }) => step === 0);
      await route.patch([
        {
          op: 'replace',
          path: `/spec/http/${SPLIT}/route/0/weight`,
          value: 70,
        },
        {
          op: 'replace',
          path: `/spec/http/${SPLIT}/route/1/weight`,
          value: 30,
        },
      ]);
      const paused = await portal.when(
        canary.id,
        ({ state }) => state === 'paused',
      );
      expect(paused).toMatchObject({
        pause: { cause: 'drift', by: 'engine' },
        drift: { choices: ['adoptDrift', 'restoreDrift', 'rollBack'] },
        actions: ['adoptDrift', 'restoreDrift', 'rollBack'],
      });
      expect(await route.weights(SPLIT)).toEqual([70, 30]);
      await portal.as('carla').actNow(canary.id, 'restoreDrift');
      await until(
        () => route.weights(SPLIT),
        ([v1]) => v1 === 50,
        60_000,
      );
      await portal
        .as('carla')
        .actNow(canary.id, 'rollBack', 'Enough for today');
      const ended = await portal.when(
        canary.id,
        ({ state }) => state === 'rolledBack',
      );
      expect(await route.text()).toBe(text);
      expect(ended.transitions.map(({ what, by }) => `${what} ${by}`)).toEqual(
        expect.arrayContaining([
          'drift engine',
          'restoreDrift user:default/carla',
          'rewritten engine',
          'rollBack user:default/carla',
          'restored engine',
        ]),
      );
    });

    it('adds the header phase’s rule above the others, and removes exactly it', async () => {
      await route.patch([
        {
          op: 'replace',
          path: `/spec/http/${SPLIT}/route/0/weight`,
          value: 100,
        },
        { op: 'replace', path: `/spec/http/${SPLIT}/route/1/weight`, value: 0 },
      ]);
      const text = await route.text();
      const canary = await started({
        plan: {
          ...plan,
          headerPhase: { headers: [{ name: 'x-canary', value: 'yes' }] },
        },
      });
      await portal.when(canary.id, ({ phase }) => phase === 'header');
      const during = await route.read();
      expect(during.spec.http).toHaveLength(4);
      expect(
        during.spec.http.filter(
          (rule: { name: string }) => !rule.name.startsWith('ai-mesh'),
        ).length,
      ).toBe(3);
      const added = during.spec.http.find((rule: { name: string }) =>
        rule.name.startsWith('ai-mesh'),
      );
      expect(added.match).toEqual([
        { headers: { 'x-canary': { exact: 'yes' } } },
      ]);
      await portal.as('carla').actNow(canary.id, 'advance');
      await portal.when(canary.id, ({ phase }) => phase === 'weights');
      expect((await route.read()).spec.http).toHaveLength(3);
      await portal.as('carla').actNow(canary.id, 'rollBack');
      await portal.when(canary.id, ({ state }) => state === 'rolledBack');
      expect(await route.text()).toBe(text);
    });

    it('scales the old version down after the promotion, and up again', async () => {
      const old = new ClusterObject(
        sandbox,
        '/apis/apps/v1/namespaces/ai-services/deployments/ai-chat-service-v1',
      );
      const replicas = async () => (await old.read()).spec.replicas;
      const canary = await started({
        plan: {
          ...plan,
          steps: [100],
          cleanUp: { soakSeconds: 0, reversibleSeconds: 600 },
        },
      });
      await portal.when(canary.id, ({ step }) => step === 0);
      await portal.as('carla').actNow(canary.id, 'advance');
      await portal.when(
        canary.id,
        ({ cleanUp }) => cleanUp?.status === 'offered',
      );
      const had = await replicas();
      expect(had).toBeGreaterThan(0);
      await portal.as('carla').actNow(canary.id, 'cleanUp');
      const done = await portal.when(
        canary.id,
        ({ cleanUp }) => cleanUp?.status === 'done',
      );
      expect(await replicas()).toBe(0);
      expect(done.actions).toEqual(['undoCleanUp']);
      await portal.as('carla').actNow(canary.id, 'undoCleanUp');
      await portal.when(
        canary.id,
        ({ cleanUp }) => cleanUp?.status === 'undone',
      );
      expect(await replicas()).toBe(had);
    });

    it('moves the weights of a delegate, and leaves its root alone', async () => {
      const delegate = new ClusterObject(
        sandbox,
        '/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/chat-rules',
      );
      const destination = (subset: string, weight: number) => ({
        destination: {
          host: 'ai-chat-service.ai-services.svc.cluster.local',
          subset,
        },
        weight,
      });
      await delegate.create({
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name: 'chat-rules', namespace: 'ai-services' },
        spec: {
          http: [
            {
              timeout: '60s',
              route: [destination('v1', 80), destination('v2', 20)],
            },
          ],
        },
      });
      await route.patch([
        {
          op: 'replace',
          path: '/spec/http',
          value: [
            { delegate: { name: 'chat-rules', namespace: 'ai-services' } },
          ],
        },
      ]);
      const [root, text] = [await route.text(), await delegate.text()];
      const canary = await started();
      expect(canary.route.object.name).toBe('chat-rules');
      await portal.when(canary.id, ({ step }) => step === 0);
      expect(await delegate.weights(0)).toEqual([50, 50]);
      await portal.as('carla').actNow(canary.id, 'rollBack');
      await portal.when(canary.id, ({ state }) => state === 'rolledBack');
      expect(await delegate.text()).toBe(text);
      expect(await route.text()).toBe(root);
      await delegate.delete();
    });
  });

  /** The gateway sends its browsers to the service itself from here on: nothing that looks at the shop may come after it. */
  describe('that people reach through a gateway', () => {
    const affinity = { cookie: 'chat-canary', maxAgeSeconds: 600 };
    let knex: Knex;
    let portal: CanaryPortal;
    let text: string;

    beforeAll(async () => {
      await play('good-canary');
      const object = (path: string) =>
        new ClusterObject(sandbox, `/apis/${path}`);
      await object(
        'networking.istio.io/v1/namespaces/ai-services/virtualservices/shop',
      ).delete();
      await object(
        'security.istio.io/v1/namespaces/ai-services/authorizationpolicies/ai-chat-service',
      ).delete();
      await route.restore(before);
      await route.patch([
        {
          op: 'replace',
          path: '/spec/hosts',
          value: ['ai-chat-service', 'shop.example.com'],
        },
        {
          op: 'add',
          path: '/spec/gateways',
          value: ['mesh', 'shop-gateway'],
        },
        { op: 'replace', path: '/spec/http/2/route/0/weight', value: 100 },
        { op: 'replace', path: '/spec/http/2/route/1/weight', value: 0 },
      ]);
      text = await route.text();
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
      await knex?.destroy();
    });

    async function started(steps: number[]): Promise<Canary> {
      const asked = await until(
        () =>
          portal
            .as('olivia')
            .request({
              plan: {
                ...plan,
                steps,
                affinity,
                intervalSeconds: 600,
                longestHoldSeconds: 600,
              },
            })
            .catch(String),
        answer => typeof answer !== 'string',
        60_000,
      );
      const canary = asked as Canary;
      await portal.as('adam').act(canary.id, { action: 'approve', version: 1 });
      return portal.when(canary.id, ({ step }) => step === 0);
    }

    it('keep them with the new version by a cookie, at every step, and leave nothing behind when they are rolled back', async () => {
      const canary = await started([30, 40]);
      const during = await route.read();
      expect(during.spec.http).toHaveLength(4);
      const [, , rule, weighted] = during.spec.http;
      const regex = rule.match[0].headers.cookie.regex as string;
      expect(
        new RegExp(`^${regex}$`).test(`a=b; chat-canary=${canary.id}`),
      ).toBe(true);
      expect(rule.route).toEqual([
        { destination: { host: 'ai-chat-service', subset: 'v2' } },
      ]);
      expect(weighted.route[1]).toEqual({
        destination: { host: 'ai-chat-service', subset: 'v2' },
        weight: 30,
        headers: {
          response: {
            add: {
              'Set-Cookie': `chat-canary=${canary.id}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure`,
            },
          },
        },
      });
      // By its weight alone it would not get there: those who come back are counted for it.
      const kept = await portal.when(
        canary.id,
        ({ check }) => {
          const test = check?.gates.find(
            ({ gate }) => gate === 'error-rate',
          )?.test;
          return (
            test !== undefined &&
            test.canary.requests > 100 &&
            test.canary.requests > test.stable.requests
          );
        },
        300_000,
      );
      expect(kept.weights?.affinity).toBe(true);
      expect(
        kept.preflight?.checks
          .filter(({ code }) => code === 'affinity')
          .map(({ message }) => message),
      ).toEqual([
        // Whom the last hour saw: the gateway, or who called from within before.
        expect.stringMatching(
          /istio-system\/istio-ingressgateway|drop the cookie chat-canary/,
        ),
        expect.stringContaining('grows beyond its weight'),
      ]);
      await portal.as('carla').actNow(canary.id, 'advance');
      await portal.when(canary.id, ({ step }) => step === 1);
      const later = (await route.read()).spec.http;
      expect(later[2]).toEqual(rule);
      expect(later[3].route[1]).toEqual({ ...weighted.route[1], weight: 40 });
      await portal.as('carla').actNow(canary.id, 'rollBack');
      await portal.when(canary.id, ({ state }) => state === 'rolledBack');
      expect(await route.text()).toBe(text);
    });

    it('leave nothing but the weights when they are promoted', async () => {
      const canary = await started([100]);
      expect((await route.read()).spec.http).toHaveLength(4);
      await portal.as('carla').actNow(canary.id, 'advance');
      await portal.when(canary.id, ({ state }) => state === 'promoted');
      const { spec } = await route.read();
      const expected = JSON.parse(text).spec;
      expected.http[2].route[0].weight = 0;
      expected.http[2].route[1].weight = 100;
      expect(spec).toEqual(expected);
    });
  });
});
