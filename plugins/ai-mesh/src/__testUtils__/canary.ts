import {
  type Canary,
  type CanaryCheck,
  type CanaryDetails,
  canaryDetailsSchema,
  type CanaryGateResult,
  type CanaryExpectation,
  type CanaryOptions,
  type CanaryOutlook,
  type CanaryPower,
  canaryOptionsSchema,
  canaryPlanSchema,
  type CanaryPreflight,
  canaryPreflightSchema,
  type CanaryTransition,
  type CanaryWeights,
  known,
  unknown,
} from '@ai-mesh/plugin-ai-mesh-common';
import { CLUSTER, ENTITY_REF, healthySources, OBSERVED_AT } from './answers';

/** So many seconds after the fixtures' time. */
export const later = (seconds: number) =>
  new Date(Date.parse(OBSERVED_AT) + seconds * 1000).toISOString();

const HOST = 'ai-chat-service.ai-services.svc.cluster.local';

/** The demo's route with a share for the canary, percent. */
export function weights(percent: number): CanaryWeights {
  const destination = (
    role: 'stable' | 'canary',
    subset: string,
    w: number,
  ) => ({
    role,
    host: HOST,
    subset,
    weight: w,
    percent: w,
  });
  return {
    destinations: [
      destination('stable', 'v1', 100 - percent),
      destination('canary', 'v2', percent),
    ],
    headerRule: false,
  };
}

/** One gate that passes, with figures of both versions. */
export function gate(change: Partial<CanaryGateResult> = {}): CanaryGateResult {
  return {
    gate: 'error-rate',
    unit: 'ratio',
    windowSeconds: 60,
    canary: {
      value: known(0.002),
      requests: known(420),
      promql: 'sum(rate(istio_requests_total{version="v2"}[1m]))',
    },
    stable: {
      value: known(0.003),
      requests: known(3800),
      promql: 'sum(rate(istio_requests_total{version="v1"}[1m]))',
    },
    bounds: {
      rollBack: known(0.05),
      advance: known(0.01),
      rollBackWhen: 'above 5%',
      advanceWhen: 'below 1%',
    },
    outcome: 'pass',
    message: '0.2% of 420 requests failed.',
    breaches: 0,
    ...change,
  };
}

/** One look at the canary: everything passes but what the version does not export. */
export function check(change: Partial<CanaryCheck> = {}): CanaryCheck {
  return {
    at: later(40),
    windowSeconds: 60,
    verdict: {
      outcome: 'pass',
      message: 'Every gate is within its bound to advance.',
    },
    gates: [
      gate({
        gate: 'time-to-first-token',
        unit: 'ms',
        canary: {
          value: unknown('not-exported', 'v2 exports no such histogram.'),
          requests: unknown('not-exported'),
        },
        outcome: 'not-applicable',
        message: 'The version does not export it.',
      }),
      gate(),
    ],
    ...change,
  };
}

function row(
  seq: number,
  change: Pick<CanaryTransition, 'to' | 'what'> & Partial<CanaryTransition>,
): CanaryTransition {
  return {
    seq,
    at: later(seq * 10),
    by: 'engine',
    from: null,
    reason: '',
    ...change,
  };
}

/** From the request to the step that holds. */
export const transitions: CanaryTransition[] = [
  row(1, {
    to: 'requested',
    what: 'requested',
    by: 'user:default/olivia',
    reason: 'A quicker model',
  }),
  row(2, {
    from: 'requested',
    to: 'approved',
    what: 'approve',
    by: 'user:default/amir',
  }),
  row(3, {
    from: 'approved',
    to: 'progressing',
    what: 'started',
    weightsBefore: weights(10),
    weightsAfter: weights(10),
  }),
  row(4, {
    from: 'progressing',
    to: 'progressing',
    what: 'step',
    reason: 'To 25%: every gate passed.',
    evidence: check(),
    weightsBefore: weights(10),
    weightsAfter: weights(25),
  }),
];

/** A preflight with a check of each outcome that lets it start, and the patch. */
export function preflight(
  change: Partial<CanaryPreflight> = {},
): CanaryPreflight {
  return canaryPreflightSchema.parse({
    at: OBSERVED_AT,
    checks: [
      { code: 'route', outcome: 'ok', message: 'The route split moves.' },
      {
        code: 'gitops',
        outcome: 'warns',
        message: 'Argo CD manages the route.',
        detail: 'ignoreDifferences: [...]',
      },
    ],
    route: canary().route,
    present: weights(10),
    steps: [25, 50, 100],
    patch: [
      { op: 'replace', path: '/spec/http/2/route/0/weight', value: 75 },
      { op: 'replace', path: '/spec/http/2/route/1/weight', value: 25 },
    ],
    diff: [
      { path: 'spec.http[2].route[0].weight', before: 90, after: 75 },
      { path: 'spec.http[2].route[1].weight', before: 10, after: 25 },
    ],
    ...change,
  } satisfies CanaryPreflight);
}

const expectation = (change: Partial<CanaryExpectation> = {}) => ({
  errorRatio: 0.002,
  outcome: 'promoted' as const,
  seconds: 1500,
  requests: 9000,
  failures: 18,
  percent: 100,
  ...change,
});

/** What a plan comes to at the demo's traffic. */
export function power(change: Partial<CanaryPower> = {}): CanaryPower {
  return {
    noWorse: expectation(),
    failing: expectation({
      errorRatio: 0.15,
      outcome: 'rolledBack',
      seconds: 8,
      requests: 60,
      failures: 9,
      percent: 5,
    }),
    worse: expectation({
      errorRatio: 0.022,
      outcome: 'rolledBack',
      seconds: 360,
      failures: 40,
      percent: 15,
    }),
    drip: { requests: 942, seconds: 953, percent: 5 },
    ...change,
  };
}

/** The same, with the traffic and of both presets. */
export function outlook(plan = power(), fast = power()): CanaryOutlook {
  return {
    traffic: { requestsPerSecond: 20, errorRatio: 0.002, seconds: 1800 },
    plan,
    presets: [
      { name: 'usual', power: power() },
      { name: 'fast', power: fast },
    ],
  };
}

/** The demo's chat service on its way from v1 to v2, at 25 %. */
export function canary(change: Partial<Canary> = {}): Canary {
  return {
    id: 'c-1',
    version: 4,
    state: 'progressing',
    entityRef: ENTITY_REF,
    service: {
      cluster: CLUSTER,
      namespace: 'ai-services',
      name: 'ai-chat-service',
    },
    route: {
      object: {
        cluster: CLUSTER,
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        namespace: 'ai-services',
        name: 'ai-chat-service',
      },
      rule: 'split',
    },
    stable: { subset: 'v1' },
    canary: { subset: 'v2' },
    plan: canaryPlanSchema.parse({
      steps: [25, 50, 100],
      confirmBefore: [100],
    }),
    reason: 'A quicker model',
    requestedBy: 'user:default/olivia',
    requesterMayApprove: false,
    requestedAt: OBSERVED_AT,
    decidedBy: 'user:default/amir',
    steps: [25, 50, 100],
    step: 0,
    phase: 'weights',
    weights: weights(25),
    weightsBefore: weights(10),
    next: {
      action: 'advance',
      weight: 50,
      at: new Date(Date.now() + 90_000).toISOString(),
      message: 'Goes to 50% if the gates pass.',
    },
    check: check(),
    actions: ['pause', 'advance', 'rollBack'],
    ...change,
  };
}

/** The old version's workload, as a clean-up scales it. */
export const deployment = {
  object: {
    cluster: CLUSTER,
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: 'ai-services',
    name: 'ai-chat-service-v1',
  },
  replicas: 3,
};

/** The same with its history. */
export function canaryDetails(
  change: Partial<CanaryDetails> = {},
): CanaryDetails {
  return canaryDetailsSchema.parse({
    ...canary(),
    transitions,
    preflight: preflight(),
    ...change,
  } satisfies CanaryDetails);
}

/** What the form can offer. */
export function canaryOptions(
  change: Partial<CanaryOptions> = {},
): CanaryOptions {
  const { service, route } = canary();
  return canaryOptionsSchema.parse({
    services: [
      {
        service,
        leastIntervalSeconds: 60,
        routes: [
          {
            route,
            catchAll: true,
            weights: weights(10).destinations,
          },
          {
            route: { ...route, rule: 'vip' },
            catchAll: false,
            weights: weights(100).destinations,
          },
        ],
        versions: [
          { version: { subset: 'v1' }, label: 'v1' },
          { version: { subset: 'v2' }, label: 'v2' },
        ],
      },
    ],
    defaults: canaryPlanSchema.parse({}),
    presets: [
      {
        name: 'usual',
        title: { en: 'Usual', zh: '常规' },
        plan: canaryPlanSchema.parse({}),
      },
      {
        name: 'fast',
        title: { en: 'Fast', zh: '快速' },
        plan: canaryPlanSchema.parse({
          steps: [10, 50, 100],
          intervalSeconds: 30,
        }),
      },
    ],
    sources: healthySources,
    ...change,
  } satisfies CanaryOptions);
}
