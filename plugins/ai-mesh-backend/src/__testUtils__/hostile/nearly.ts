import fc from 'fast-check';
import { spoiled, spoiling } from '../spoiledAnswer';
import { present } from './HostileRequest';

/** A JSON body: right, or one in which something is another value, is missing, or is one too much. */
export function nearly(...rights: readonly object[]): fc.Arbitrary<string> {
  const right = fc.constantFrom(...rights).map(one => JSON.stringify(one));
  return fc.oneof(
    { weight: 2, arbitrary: right },
    {
      weight: 6,
      arbitrary: fc
        .tuple(right, spoiling)
        .map(([text, how]) => spoiled(text, how, [])),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(right, fc.jsonValue({ maxDepth: 3 }))
        .map(([text, value]) =>
          JSON.stringify({ ...JSON.parse(text), extra: value }),
        ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...['', '{', 'null', '[]', '"a"', '0', '{"__proto__":{"a":1}}'],
        '['.repeat(100_000),
        `{"a":${'{"a":'.repeat(20_000)}`,
        `{"reason":"${'a'.repeat(400_000)}"}`,
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
}

const service = {
  cluster: 'shop',
  namespace: 'ai-services',
  name: 'ai-chat-service',
};

/** With every field that a plan may have. */
const plan = {
  steps: [50, 100],
  confirmBefore: [100],
  intervalSeconds: 5,
  checkSeconds: 1,
  confidence: 0.99,
  minRequests: 20,
  failureLimit: 1,
  longestHoldSeconds: 60,
  startWindow: {
    notBefore: '2020-01-01T00:00:00Z',
    notAfter: '2100-01-01T00:00:00+01:00',
  },
  cleanUp: { soakSeconds: 0, reversibleSeconds: 60 },
  gates: {
    errorRate: { rollBackAbove: 0.9, advanceBelow: 0.8 },
    latencyP99: { enabled: false },
    throttled: { rollBackAbove: 0.9, advanceBelow: 0.8 },
    tokensPerRequest: { enabled: false },
    timeToFirstToken: { enabled: false },
  },
  qualityGates: ['votes', 'score'],
};

/** Two of a canary that nothing in the sandbox stands in the way of, and one for a cluster that there is none of. */
export const previews = [
  {
    entityRef: 'component:default/chat',
    service,
    stable: { subset: 'v1' },
    canary: { subset: 'v2' },
    plan,
  },
  {
    entityRef: 'component:default/chat',
    service,
    route: {
      kind: 'VirtualService',
      namespace: 'ai-services',
      name: 'ai-chat-service',
      rule: 'default',
    },
    stable: { host: 'ai-chat-service', subset: 'v1', port: 80 },
    canary: { host: 'ai-chat-service', subset: 'v2', port: 80 },
    plan: {
      initialWeight: 10,
      stepWeight: 30,
      targetWeight: 70,
      headerPhase: {
        headers: [
          { name: 'x-user', values: ['a', 'b'] },
          { name: 'x-team', regex: 'ai-.*' },
        ],
      },
    },
  },
  {
    entityRef: 'component:default/chat',
    service,
    stable: { subset: 'v1' },
    canary: { subset: 'v2' },
    across: { clusters: [service.cluster, 'elsewhere'], order: 'together' },
  },
];

export const requests = previews.map(one => ({
  ...one,
  reason: 'A better model for everybody',
}));

export const canaryActions = [
  ...['approve', 'cancel', 'pause', 'resume', 'advance', 'confirmStep'],
  ...['adoptDrift', 'restoreDrift', 'cleanUp', 'undoCleanUp', 'reject'],
  'rollBack',
].map(action => ({ action, version: present.version, reason: 'because' }));

/** Of what there is not. */
export const fixRequests = [
  {
    findings: ['none'],
    url: 'https://github.com/acme/deployments/pull/7',
  },
  { findings: ['none', 'none'], url: 'http://127.0.0.1:1/a/b/pull/1' },
  { findings: ['none'], url: 'https://x:y@github.com/../../pull/7?a#b' },
  { findings: ['none'], url: 'file:///etc/passwd' },
  { canary: present.canary, url: 'https://github.com/acme/a/pull/7' },
  { strict: 'workload', cluster: 'elsewhere', url: 'http://127.0.0.1:1/p' },
  { rules: 'operator', cluster: 'elsewhere', url: 'http://127.0.0.1:1/p' },
];

/** Of findings that no review has. */
export const fixApplications = [
  { finding: 'none', reason: 'because' },
  { finding: '__proto__' },
  { finding: 'none\u0000' },
];

export const fixApplicationActions = [
  'cancel',
  'approve',
  'reject',
  'undo',
].map(action => ({ action, version: 1, reason: 'because' }));
