import { canaryActionSchema } from './actions';
import { canaryPlanSchema, canaryPlanWeights } from './plan';
import { canaryRequestSchema } from './request';

const messages = (result: {
  error?: { issues: { path: PropertyKey[]; message: string }[] };
}) =>
  result.error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  ) ?? [];

describe('canaryPlanSchema', () => {
  it('fills in the defaults', () => {
    const plan = canaryPlanSchema.parse({});
    expect(plan).toMatchObject({
      initialWeight: 5,
      stepWeight: 10,
      targetWeight: 100,
      intervalSeconds: 300,
      checkSeconds: 15,
      minRequests: 50,
      failureLimit: 1,
      longestHoldSeconds: 3600,
      gates: {
        errorRate: { enabled: true, rollBackAbove: 0.05, advanceBelow: 0.01 },
        latencyP99: {
          rollBackAboveTimesStable: 1.5,
          advanceUpToTimesStable: 1.2,
          objectiveMs: 30_000,
        },
        throttled: { rollBackAbove: 0.2, advanceBelow: 0.05 },
        tokensPerRequest: {
          rollBackAboveTimesStable: 2,
          advanceUpToTimesStable: 1.3,
        },
        timeToFirstToken: {
          rollBackAboveTimesStable: 2,
          advanceUpToTimesStable: 1.3,
        },
      },
    });
    expect(canaryPlanWeights(plan)).toEqual([
      5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100,
    ]);
  });

  it('ends on the target, however the steps fall', () => {
    expect(
      canaryPlanWeights(
        canaryPlanSchema.parse({
          initialWeight: 10,
          stepWeight: 30,
          targetWeight: 75,
        }),
      ),
    ).toEqual([10, 40, 70, 75]);
  });

  it.each([
    [
      'a weight below 0',
      { initialWeight: -1 },
      'initialWeight: A weight is between 1 and 100%',
    ],
    [
      'a weight above 100',
      { targetWeight: 101 },
      'targetWeight: A weight is between 1 and 100%',
    ],
    [
      'a fractional weight',
      { stepWeight: 2.5 },
      'stepWeight: A weight is a whole number of percent',
    ],
    [
      'a step of 0',
      { stepWeight: 0 },
      'stepWeight: A weight is between 1 and 100%',
    ],
    [
      'a step backwards',
      { stepWeight: -5 },
      'stepWeight: A weight is between 1 and 100%',
    ],
    [
      'weights without end',
      { initialWeight: -1e15, targetWeight: 1e15, stepWeight: 0.001 },
      'initialWeight: A weight is between 1 and 100%',
    ],
    [
      'descending steps',
      { steps: [5, 50, 25] },
      'steps: Every step must be above the one before it',
    ],
    [
      'a step twice',
      { steps: [5, 5] },
      'steps: Every step must be above the one before it',
    ],
    ['no step', { steps: [] }, 'steps: Name at least one step'],
    [
      'a start above the target',
      { initialWeight: 60, targetWeight: 50 },
      'initialWeight: Must not be above the target weight',
    ],
    [
      'an interval of 0',
      { intervalSeconds: 0 },
      'intervalSeconds: The interval is between 5 and 86400 seconds',
    ],
    [
      'a check longer than the interval',
      { intervalSeconds: 10, checkSeconds: 15 },
      'checkSeconds: Must not be longer than the interval',
    ],
    [
      'a hold shorter than the interval',
      { longestHoldSeconds: 60 },
      'longestHoldSeconds: Must not be shorter than the interval',
    ],
    [
      'a confirmation of no step',
      { confirmBefore: [50] },
      'confirmBefore: 50 is not a step of the plan (5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100)',
    ],
    [
      'a confirmation of the first step',
      { confirmBefore: [5] },
      'confirmBefore: The approval is what confirms the first step',
    ],
    [
      'a bound that is a percentage',
      { gates: { errorRate: { rollBackAbove: 5 } } },
      'gates.errorRate.rollBackAbove: A bound is a ratio between 0 and 1: 0.05 is 5%',
    ],
    [
      'bounds the wrong way round',
      { gates: { errorRate: { rollBackAbove: 0.01, advanceBelow: 0.05 } } },
      'gates.errorRate.advanceBelow: Must not be above rollBackAbove',
    ],
    [
      'a header with two conditions',
      { headerPhase: { headers: [{ name: 'x', value: 'a', prefix: 'b' }] } },
      'headerPhase.headers.0.value: Give one of value, values, prefix and regex',
    ],
    [
      'a header without a condition',
      { headerPhase: { headers: [{ name: 'x' }] } },
      'headerPhase.headers.0.value: Give one of value, values, prefix and regex',
    ],
    [
      'more values than a route holds matches',
      {
        headerPhase: {
          headers: [
            { name: 'x', values: Array(9).fill('a') },
            { name: 'y', values: Array(8).fill('a') },
          ],
        },
      },
      'headerPhase.headers: A header phase names at most 16 values',
    ],
    [
      'a header with a line break',
      { headerPhase: { headers: [{ name: 'x-user-tier', value: 'a\nb' }] } },
      'headerPhase.headers.0.value: A header value is printable ASCII',
    ],
    ...['', 'a b', 'a=b', 'a;b', 'ä', 'a%b', '"a"', 'x'.repeat(129)].map(
      (cookie): [string, object, string] => [
        `a cookie called ${cookie.slice(0, 9)}`,
        { affinity: { cookie } },
        "affinity.cookie: A cookie's name has 1 to 128 letters, digits and signs of !#$&'*+-.^_`|~ (a token of RFC 6265): ai-mesh-canary",
      ],
    ),
    [
      'a cookie that browsers would not take',
      { affinity: { cookie: '__Host-canary', secure: false } },
      'affinity.secure: Browsers take a cookie whose name begins with __Host- or __Secure- only where it is secure',
    ],
    [
      'a cookie for a second',
      { affinity: { cookie: 'canary', maxAgeSeconds: 1 } },
      "affinity.maxAgeSeconds: A cookie's age is between 60 and 2592000 seconds",
    ],
    [
      'a window that ends first',
      {
        startWindow: {
          notBefore: '2025-01-02T00:00:00Z',
          notAfter: '2025-01-01T00:00:00Z',
        },
      },
      'startWindow.notAfter: The window ends before it begins',
    ],
    ['a misspelt setting', { interval: 60 }, ': Unrecognized key: "interval"'],
  ])('refuses %s', (_, plan, message) => {
    expect(messages(canaryPlanSchema.safeParse(plan))).toContain(message);
  });
});

describe('canaryRequestSchema', () => {
  const request = {
    entityRef: 'component:default/ai-chat-service',
    service: { cluster: 'demo', namespace: 'ai-services', name: 'chat' },
    stable: { subset: 'v1' },
    canary: { subset: 'v2' },
    reason: 'GPT-4-class answers for everybody',
  };

  it('accepts a reason of several lines, in any script', () => {
    const reason = 'Für alle:\n\t更好的模型 🚀';
    expect(canaryRequestSchema.parse({ ...request, reason }).reason).toBe(
      reason,
    );
  });

  it('accepts a request with defaults only', () => {
    expect(canaryRequestSchema.parse(request).plan.initialWeight).toBe(5);
  });

  it.each([
    [
      'the same version twice',
      { canary: { subset: 'v1' } },
      'canary: The canary must be another version than the stable one',
    ],
    [
      'the same version under one port',
      { stable: { subset: 'v1', port: 80 }, canary: { subset: 'v1' } },
      'canary: The canary must be another version than the stable one',
    ],
    [
      'the same pool twice',
      { stable: { pool: 'llm' }, canary: { pool: 'llm' } },
      'canary: The canary must be another version than the stable one',
    ],
    [
      'a pool and a subset of it',
      { canary: { pool: 'llm', subset: 'v2' } },
      'canary: A pool is a version by itself: leave out host, subset and port',
    ],
    [
      'a reason of 100 kB',
      { reason: 'x'.repeat(100_000) },
      'reason: A reason has at most 2000 characters',
    ],
    [
      'a reason that no database takes',
      { reason: 'because\0' },
      'reason: A reason holds no control characters but line breaks and tabs',
    ],
    [
      'a key that no database takes',
      { idempotencyKey: 'a\0' },
      'idempotencyKey: An idempotency key is printable ASCII',
    ],
    ['no reason', { reason: '  ' }, 'reason: Say why, in a few words'],
  ])('refuses %s', (_, change, message) => {
    expect(
      messages(canaryRequestSchema.safeParse({ ...request, ...change })),
    ).toContain(message);
  });
});

describe('canaryActionSchema', () => {
  it.each([
    ['an action that there is not', { action: 'explode', version: 1 }],
    ['a roll-back without a reason', { action: 'rollBack', version: 1 }],
    ['an action on no version', { action: 'pause' }],
  ])('refuses %s', (_, action) => {
    expect(canaryActionSchema.safeParse(action).success).toBe(false);
  });
});
