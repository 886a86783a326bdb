import type {
  Canary,
  CanaryRequestInput,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  canaryGatesExtensionPoint,
  type CanaryGateAnswer,
  type CanaryGateInput,
} from '@ai-mesh/plugin-ai-mesh-node';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { createBackendModule } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { CanaryPortal, writableCluster } from './__testUtils__/CanaryPortal';
import { ClusterObject } from './__testUtils__/ClusterObject';
import { until } from './__testUtils__/startPortal';
import { ChangeBoard } from './canary/__testUtils__/ChangeBoard';
import { testDatabases } from './canary/store/__testUtils__/testDatabases';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from './prometheus/__testUtils__/startPrometheus';

jest.setTimeout(600_000);

const { databases, ids } = testDatabases();
const [[anyDatabase]] = ids;

/** Short times, and bounds that the small numbers of a test do not cross by chance. */
const plan: CanaryRequestInput['plan'] = {
  steps: [50, 100],
  intervalSeconds: 5,
  checkSeconds: 1,
  minRequests: 20,
  gates: {
    errorRate: {
      rollBackAbove: 0.08,
      advanceBelow: 0.05,
      nonInferiorityMargin: 0.1,
    },
    latencyP99: { enabled: false },
    throttled: { rollBackAbove: 0.5, advanceBelow: 0.4 },
    tokensPerRequest: { enabled: false },
    timeToFirstToken: { enabled: false },
  },
};

describeWithPrometheus('quality gates on a living mesh', () => {
  let sandbox: RunningSandbox;
  let prometheus: RealPrometheus;
  let route: ClusterObject;
  let before: Awaited<ReturnType<ClusterObject['read']>>;
  let knex: Knex;
  let portal: CanaryPortal;
  let board: ChangeBoard;
  const asked: CanaryGateInput[] = [];
  let judge: () => Promise<CanaryGateAnswer>;

  const evaluations = createBackendModule({
    pluginId: 'ai-mesh',
    moduleId: 'evaluations',
    register(env) {
      env.registerInit({
        deps: { gates: canaryGatesExtensionPoint },
        async init({ gates }) {
          const evaluated = {
            title: { en: 'Evaluated answers' },
            rollBackWhen: 'below 0.6',
            advanceWhen: 'at least 0.7',
            judge: (input: CanaryGateInput) => {
              asked.push(input);
              return judge();
            },
          };
          gates.addGates(
            { ...evaluated, name: 'evaluated', timeoutMs: 300 },
            { ...evaluated, name: 'evaluated-at-length', timeoutMs: 60_000 },
          );
        },
      });
    },
  });

  beforeAll(async () => {
    sandbox = await startSandbox(['--speed', '4']);
    prometheus = await startScrapingPrometheus(sandbox.metrics);
    route = new ClusterObject(
      sandbox,
      '/apis/networking.istio.io/v1/namespaces/ai-services/virtualservices/ai-chat-service',
    );
    before = await route.read();
    knex = await databases.init(anyDatabase);
    board = await ChangeBoard.start();
    const { name, events, url, secret } = board.webhook;
    portal = await CanaryPortal.start({
      knex,
      features: [evaluations],
      clusters: [
        writableCluster(sandbox, {
          prometheus: {
            url: prometheus.url,
            cacheTtl: '0s',
            scrapeInterval: '1s',
          },
        }),
      ],
      canary: {
        webhooks: [{ name, events, url, secret }],
        gates: [
          {
            name: 'thumbs-down',
            title: { en: 'Thumbs down', zh: '差评率' },
            kind: 'share',
            bad: 'ai_feedback_total{rating="down",{{selector}}}',
            all: 'ai_feedback_total{ {{selector}} }',
            rollBackAbove: 0.35,
            advanceBelow: 0.3,
            nonInferiorityMargin: 0.1,
          },
          {
            name: 'complaints',
            title: { en: 'Complaints' },
            kind: 'share',
            bad: 'complaints_total{ {{selector}} }',
            all: 'ai_feedback_total{ {{selector}} }',
            rollBackAbove: 0.35,
            advanceBelow: 0.3,
          },
        ],
      },
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await board?.stop();
    await knex?.destroy();
    await prometheus?.stop();
    await sandbox?.stop();
  });

  beforeEach(async () => {
    asked.length = 0;
    judge = async () => ({ outcome: 'pass', reason: 'All is well.' });
    await play('good-canary');
    await route.restore(before);
  });

  async function play(name: string): Promise<void> {
    const response = await fetch(`${sandbox.control}/scene`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    expect(response.status).toBeLessThan(300);
  }

  const started = (...qualityGates: string[]) =>
    startedWith({ ...plan, qualityGates });

  async function startedWith(
    wanted: CanaryRequestInput['plan'],
  ): Promise<Canary> {
    const canary = await until(
      () => portal.as('olivia').request({ plan: wanted }).catch(String),
      answer => typeof answer !== 'string',
      60_000,
    );
    const { id } = canary as Canary;
    await portal.as('adam').act(id, { action: 'approve', version: 1 });
    return canary as Canary;
  }

  const ended = (id: string) =>
    portal.when(id, ({ endedAt }) => endedAt !== undefined, 300_000);

  /** What the change board has heard of it, once it has heard of its end. */
  async function heardOf(id: string) {
    const calls = await until(
      async () => board.callsOf(id),
      all => all.some(({ toPercent }) => toPercent === undefined),
      60_000,
    );
    expect(board.forged).toEqual([]);
    return calls.map(({ event, toPercent }) => [event, toPercent]);
  }

  it('are offered with those that are built in and those of modules', async () => {
    const { qualityGates = [], defaults } = await portal.as('rita').options();
    expect(qualityGates.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'thumbs-down share',
      'complaints share',
      'evaluation-score mean',
      'cut-off share',
      'guardrail-refusals share',
      'empty-answers share',
      'fallback-answers share',
      'pool-queue value',
      'pool-cache value',
      'evaluated code',
      'evaluated-at-length code',
    ]);
    expect(defaults.qualityGates).toEqual([]);
    const refused = await portal
      .as('olivia')
      .request({ plan: { ...plan, qualityGates: ['thumbs-up'] } })
      .catch(String);
    expect(refused).toContain('plan.qualityGates: there is no gate thumbs-up');
  });

  it('say before the start whether they will have something to judge', async () => {
    const preview = (...qualityGates: string[]) =>
      until(
        async () => {
          const { checks } = await portal
            .as('olivia')
            .preview({ plan: { ...plan, qualityGates } });
          return checks.find(({ code }) => code === 'quality-gates');
        },
        check => check !== undefined,
        60_000,
      );
    await until(
      () => preview('thumbs-down', 'guardrail-refusals'),
      check => check?.outcome === 'ok',
      30_000,
    );
    expect(await preview('complaints')).toMatchObject({
      outcome: 'warns',
      message: expect.stringContaining(
        'Complaints: The number of events is unknown (not-exported). Neither version has a series of complaints_total',
      ),
    });
  });

  it('roll back a canary that is technically sound, and gets twice the thumbs down', async () => {
    await play('worse-answers');
    const canary = await started('thumbs-down');
    const { state, transitions } = await ended(canary.id);
    expect(state).toBe('rolledBack');
    const breach = transitions.find(({ what }) => what === 'breach');
    expect(breach?.reason).toMatch(
      /^Thumbs down: .* events were bad, of the stable version's .*: more than 35%, and not by chance\.$/,
    );
    const outcomes = Object.fromEntries(
      breach!.evidence!.gates.map(({ gate, outcome }) => [gate, outcome]),
    );
    expect(outcomes).toMatchObject({ 'thumbs-down': 'breach' });
    expect(outcomes['error-rate']).not.toBe('breach');
    expect(
      breach!.evidence!.gates.find(({ gate }) => gate === 'thumbs-down')!.canary
        .promql,
    ).toContain('ai_feedback_total{rating="down",namespace="ai-services"');
    expect((await heardOf(canary.id)).at(-1)).toEqual([
      'on-roll-back',
      undefined,
    ]);
  });

  it('let a good one through, those in code asked at every check', async () => {
    const canary = await started(
      'thumbs-down',
      'evaluated',
      'fallback-answers',
    );
    const { state, check } = await ended(canary.id);
    expect(state).toBe('promoted');
    expect(asked.length).toBeGreaterThan(2);
    expect(asked[0]).toMatchObject({
      canaryId: canary.id,
      entityRef: 'component:default/chat',
      service: { cluster: 'shop', name: 'ai-chat-service' },
      canary: { subset: 'v2' },
      stable: { subset: 'v1' },
      percent: 50,
    });
    expect(check?.gates.map(({ gate }) => gate)).toEqual(
      expect.arrayContaining(['thumbs-down', 'evaluated', 'fallback-answers']),
    );
    expect(await heardOf(canary.id)).toEqual([
      ['before-start', 50],
      ['before-step', 100],
      ['after-promotion', undefined],
    ]);
    const { transitions } = await portal.when(
      canary.id,
      all => all.transitions.at(-1)?.what === 'webhook',
    );
    expect(
      transitions
        .filter(({ what }) => what === 'webhook')
        .map(({ by, reason }) => `${by}: ${reason}`),
    ).toEqual([
      'engine: change-board, before-start: go',
      'engine: change-board, before-step: go',
      'engine: change-board, after-promotion: told.',
    ]);
  });

  it('wait for a change board that hangs, say so, and keep nobody from calling the canary off', async () => {
    board.beforeAnswer = () => new Promise(() => {});
    try {
      const { id } = await started();
      const waiting = await portal.when(
        id,
        ({ hold }) => hold?.reason === 'webhook',
      );
      expect(waiting).toMatchObject({
        state: 'approved',
        hold: {
          message:
            'change-board, before-start: It was asked, and has not answered yet.',
        },
      });
      const { version } = waiting;
      await portal.as('olivia').act(id, { action: 'cancel', version });
      const { state, transitions } = await ended(id);
      expect(state).toBe('cancelled');
      expect(
        transitions
          .filter(({ what }) => what === 'webhook')
          .map(({ reason }) => reason),
      ).toEqual([
        'change-board, before-start: It had been called; the canary went another way before it answered.',
      ]);
      expect((await route.read()).spec).toEqual(before.spec);
    } finally {
      board.beforeAnswer = () => 'answers';
    }
  });

  it('roll back what a module finds worse, and hold what it does not answer for', async () => {
    judge = () => new Promise(() => {});
    const canary = await started('evaluated');
    const held = await portal.when(
      canary.id,
      ({ check }) =>
        check?.gates.some(
          ({ gate, outcome }) => gate === 'evaluated' && outcome === 'hold',
        ) ?? false,
    );
    expect(held.hold).toMatchObject({
      reason: 'source-unreachable',
      message: 'Evaluated answers: It did not answer within 0.3 s.',
    });
    judge = async () => ({
      outcome: 'breach',
      reason: '0.4 by 30 evaluations, below 0.6',
      value: 0.4,
    });
    const { state, transitions } = await ended(canary.id);
    expect(state).toBe('rolledBack');
    expect(transitions.find(({ what }) => what === 'breach')?.reason).toBe(
      'Evaluated answers: 0.4 by 30 evaluations, below 0.6',
    );
  });

  it('keep none that fails badly from being taken back while they think, and are told that it was', async () => {
    let askedAt = Infinity;
    judge = () => {
      askedAt = performance.now();
      return new Promise(() => {});
    };
    const canary = await startedWith({
      ...plan,
      // Some dozens of requests tell 15 % from it.
      gates: {
        ...plan?.gates,
        errorRate: { rollBackAbove: 0.02, advanceBelow: 0.01 },
      },
      qualityGates: ['evaluated-at-length'],
    });
    await until(
      async () => asked.length,
      times => times > 0,
      60_000,
    );
    await play('bad-canary');
    const { state, transitions } = await ended(canary.id);
    expect(state).toBe('rolledBack');
    expect(performance.now() - askedAt).toBeLessThan(50_000);
    expect(transitions.find(({ what }) => what === 'breach')?.reason).toMatch(
      /^Error rate: /,
    );
    expect(asked).toHaveLength(1);
    const [{ signal }] = asked;
    await until(
      async () => signal.aborted,
      told => told,
      5000,
    );
    expect(signal.reason).not.toMatchObject({ name: 'TimeoutError' });
  });
});
