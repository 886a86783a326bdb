import { canaryPlanSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { canary, later, transitions, weights } from '../../__testUtils__';
import { consequenceOf } from './actions/consequence';
import { draftOf, readDraft } from './request/planDraft';
import { chooseVersions, type OfferedService } from './request/subjectChoices';
import { versionName } from './versionName';
import { expectedWeights } from './weights/expectedWeights';
import { planSchedule } from './weights/planSchedule';
import { weightHistory } from './weights/weightHistory';

const percents = (of?: ReturnType<typeof weights>) =>
  of?.destinations.map(({ percent }) => percent);

describe('expectedWeights', () => {
  it('takes the canary’s share from the stable version alone', () => {
    const present = weights(10);
    present.destinations[0].percent = 70;
    present.destinations.push({
      ...present.destinations[0],
      role: 'other',
      subset: 'v0',
      percent: 20,
    });
    expect(percents(expectedWeights(present, 30))).toEqual([50, 30, 20]);
    expect(percents(expectedWeights(present, 100))).toEqual([0, 80, 20]);
  });
});

describe('consequenceOf', () => {
  it.each([
    ['advance', [50, 50]],
    ['rollBack', [90, 10]],
  ] as const)('says what %s does to the weights', (action, after) => {
    expect(consequenceOf(action, canary())).toEqual({
      kind: 'weights',
      before: weights(25),
      after: expect.objectContaining({
        destinations: after.map(percent =>
          expect.objectContaining({ percent }),
        ),
      }),
    });
  });

  it('says that people stay from the first weight on, and no longer than to its end', () => {
    const plan = canaryPlanSchema.parse({ affinity: { cookie: 'chat' } });
    const outlook = { present: weights(0), steps: [25, 100] };
    const kept = { ...expectedWeights(weights(0), 25), affinity: true };
    expect(
      consequenceOf('approve', canary({ state: 'requested', plan }), outlook),
    ).toEqual({ kind: 'weights', before: weights(0), after: kept });
    const running = canary({
      plan,
      weights: { ...weights(100), affinity: true },
      steps: [25, 100],
      step: 1,
      next: { action: 'promote', message: '' },
    });
    expect(consequenceOf('advance', running)).toEqual({
      kind: 'weights',
      before: { ...weights(100), affinity: true },
      after: weights(100),
    });
  });

  it('says of a header phase that no weight moves, and a rule comes', () => {
    const asked = canary({
      plan: canaryPlanSchema.parse({
        headerPhase: { headers: [{ name: 'x-user-tier', value: 'vip' }] },
      }),
    });
    expect(
      consequenceOf('approve', asked, { present: weights(10), steps: [25] }),
    ).toEqual({
      kind: 'weights',
      before: weights(10),
      after: { ...weights(10), headerRule: true },
    });
  });

  it('does not guess what it cannot know', () => {
    expect(consequenceOf('approve', canary())).toEqual({
      kind: 'weights',
      before: undefined,
      after: undefined,
    });
  });
});

describe('weightHistory', () => {
  it('has a point for each change, and one for the present', () => {
    expect(weightHistory(transitions, new Date(later(100)))).toEqual([
      { atMs: Date.parse(later(30)), percent: 10, drift: false },
      { atMs: Date.parse(later(40)), percent: 25, drift: false },
      { atMs: Date.parse(later(100)), percent: 25, drift: false },
    ]);
  });

  it('is empty before the start', () => {
    expect(weightHistory(transitions.slice(0, 2), new Date())).toEqual([]);
  });
});

describe('planSchedule', () => {
  it.each([
    [
      false,
      [
        [0, 25],
        [60, 100],
        [120, 100],
      ],
    ],
    [
      true,
      [
        [0, 10],
        [60, 25],
        [120, 100],
        [180, 100],
      ],
    ],
  ])(
    'says when each step comes at the earliest, header phase %s',
    (headers, points) => {
      expect(
        planSchedule([25, 100], 60, 10, headers).map(point => [
          point.atSeconds,
          point.percent,
        ]),
      ).toEqual(points);
    },
  );

  it('is empty where the route has no step left', () => {
    expect(planSchedule([], 60, 100, false)).toEqual([]);
  });
});

describe('readDraft', () => {
  it.each([
    canaryPlanSchema.parse({}),
    canaryPlanSchema.parse({
      steps: [1, 5, 100],
      confirmBefore: [100],
      intervalSeconds: 20,
      checkSeconds: 5,
      gates: {
        errorRate: { rollBackAbove: 0.07, advanceBelow: 0.035 },
        throttled: { nonInferiorityMargin: 0.07 },
        latencyP99: { slowShare: { nonInferiorityMargin: 0.005 } },
      },
      headerPhase: { headers: [{ name: 'x-testing', value: 'true' }] },
      cleanUp: {},
    }),
  ])('gives back the plan that a draft was made of: %#', plan => {
    const { steps, ...rest } = plan;
    expect(readDraft(draftOf(plan)).plan).toEqual(steps ? plan : rest);
  });

  it('forgets the confirmation of a step that is none any more', () => {
    const draft = draftOf(
      canaryPlanSchema.parse({ steps: [25, 50, 100], confirmBefore: [50] }),
    );
    expect(
      readDraft({ ...draft, steps: '25, 100' }).plan?.confirmBefore,
    ).toEqual([]);
  });
});

describe('versions that are InferencePools', () => {
  const weight = (name: string, percent: number) => ({
    role: 'other' as const,
    host: `InferencePool:${name}.ai`,
    weight: percent,
    percent,
  });
  const service: OfferedService = {
    service: { cluster: 'demo', namespace: 'ai', name: 'llm' },
    versions: ['llm-v2', 'llm-v1'].map(name => ({
      label: name,
      version: { pool: name },
    })),
    routes: [
      {
        route: {
          object: {
            cluster: 'demo',
            apiVersion: 'gateway.networking.k8s.io/v1',
            kind: 'HTTPRoute',
            namespace: 'ai',
            name: 'llm',
          },
        },
        catchAll: true,
        weights: [weight('llm-v1', 90), weight('llm-v2', 10)],
      },
    ],
    leastIntervalSeconds: 60,
  };

  it('are called by the pool’s name, also one with dots', () => {
    expect(versionName({ pool: 'llm-v1' })).toBe('llm-v1');
    expect(versionName({ host: 'InferencePool:llm-v1.5.ai' })).toBe('llm-v1.5');
  });

  it('are told by their weights: the heavier one is stable', () => {
    const { stable, canary: next } = chooseVersions(service, service.routes[0]);
    expect(stable?.version).toEqual({ pool: 'llm-v1' });
    expect(next?.version).toEqual({ pool: 'llm-v2' });
  });

  it('are not taken for the Service itself', () => {
    const { stable } = chooseVersions(
      {
        ...service,
        versions: [
          { label: 'llm', version: {} },
          { label: 'llm-v2', version: { pool: 'llm-v2' } },
        ],
      },
      service.routes[0],
    );
    expect(stable?.label).toBe('llm-v2');
  });
});
