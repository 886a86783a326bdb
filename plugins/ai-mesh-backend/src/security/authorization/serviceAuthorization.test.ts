import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { ServiceObject } from '../../kubernetes/kinds';
import { resolveRoutes } from '../../routes';
import { chatMesh } from '../__testUtils__/chatMesh';
import { chatPolicy } from './__testUtils__/chatPolicy';
import type { ObservedCaller } from '../observedCallers';
import {
  serviceAuthorization,
  type AuthorizationInputs,
} from './serviceAuthorization';

function caller(name: string, encrypted: boolean): ObservedCaller {
  return {
    id: `ai/${name}`,
    namespace: 'ai',
    workload: name,
    ...(encrypted && { principal: `cluster.local/ns/ai/sa/${name}` }),
    mtls: known({
      share: encrypted ? 1 : 0,
      encrypted: encrypted ? 10 : 0,
      plaintext: encrypted ? 0 : 10,
      plaintextConnections: 0,
      plaintextPerSecond: known(0),
      resolutionSeconds: 900,
    }),
  };
}

function assess(yaml: string, inputs: Partial<AuthorizationInputs> = {}) {
  const snapshot = snapshotFromYaml([chatMesh, yaml]);
  return serviceAuthorization({
    snapshot,
    service: snapshot.get('Service', 'ai', 'chat') as ServiceObject,
    rules: resolveRoutes(snapshot, { namespace: 'ai', name: 'chat' }).rules,
    observed: known([caller('gateway', true), caller('batch', false)]),
    denied: known([]),
    ...inputs,
  });
}

describe('who may call what', () => {
  it('has a column for each operation that policies and routes name, and one for the rest', () => {
    const { operations } = assess(`${chatPolicy}
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { namespace: ai, name: chat }
spec:
  hosts: [chat]
  http:
  - match: [{ uri: { prefix: /admin }, method: { exact: GET } }]
    route: [{ destination: { host: chat } }]
  - route: [{ destination: { host: chat } }]
`);
    expect(
      operations.map(({ label, from, method, path }) => [
        from,
        label,
        `${method} ${path}`,
      ]),
    ).toEqual([
      ['policy', 'POST /api/chat', 'POST /api/chat'],
      ['policy', 'POST /api/stream/{*}', 'POST /api/stream/x'],
      ['route', 'GET /admin*', 'GET /admin/x'],
      ['rest', '', 'PUT /~elsewhere'],
    ]);
  });

  it('has a row for each caller that was seen, with the deciding rule', () => {
    const { callers, otherwise } = assess(chatPolicy);
    expect(otherwise).toBe('denied');
    const rows = callers.status === 'known' ? callers.value : [];
    expect(
      rows.map(row => [
        row.caller.workload,
        ...row.decisions.map(({ verdict }) => verdict),
      ]),
    ).toEqual([
      ['gateway', 'allowed', 'allowed', 'denied'],
      ['batch', 'denied', 'denied', 'denied'],
    ]);
    expect(rows[0].decisions[0]).toMatchObject({
      because: 'allow-rule',
      decidedBy: { path: 'spec.rules[0]', object: { name: 'chat' } },
    });
  });

  it('says where the workloads differ', () => {
    const { callers } = assess(
      chatPolicy.replace('{ app: chat }', '{ app: chat, version: v2 }'),
    );
    const [row] = callers.status === 'known' ? callers.value : [];
    expect(row.decisions.at(-1)).toMatchObject({
      verdict: 'differs',
      workloads: [
        { workload: { name: 'chat-v1' }, decision: { verdict: 'allowed' } },
        { workload: { name: 'chat-v2' }, decision: { verdict: 'denied' } },
      ],
    });
  });

  it('names rules that no caller used', () => {
    expect(assess(chatPolicy).unusedRules).toMatchObject({
      value: [{ path: 'spec.rules[1]' }],
    });
    const away = unknown('source-unreachable', 'no answer');
    expect(assess(chatPolicy, { observed: away })).toMatchObject({
      unusedRules: away,
      callers: away,
    });
  });

  it('says what only the running request can tell', () => {
    const { notEvaluated, policies } = assess(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: custom }
spec: { action: CUSTOM, provider: { name: oidc }, rules: [{}] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: istio-system, name: tokens }
spec:
  rules:
  - from: [{ source: { requestPrincipals: ["*"], ipBlocks: [10.0.0.0/8] } }]
    when: [{ key: "request.auth.claims[group]", values: [ai] }]
  - when: 5
  - from: [{ source: { regions: [eu] } }]
`);
    expect(policies.map(({ scope, action }) => [scope, action])).toEqual([
      ['mesh', 'ALLOW'],
      ['namespace', 'CUSTOM'],
    ]);
    expect(notEvaluated.map(({ path, what }) => [path, what])).toEqual([
      ['spec.rules[1].when', 'unreadable'],
      ['spec.rules[2].from[0].source.regions', 'unknown-field'],
      ['spec.rules[0].from[0].source.requestPrincipals', 'token'],
      ['spec.rules[0].from[0].source.ipBlocks', 'address'],
      ['spec.rules[0].when[0].key', 'token'],
      ['spec.provider', 'external-authorizer'],
    ]);
  });
});

describe('who got a 403', () => {
  const refused = (labels: Record<string, string>) => ({
    labels: {
      reporter: 'destination',
      source_workload_namespace: 'ai',
      source_workload: 'gateway',
      source_principal: 'spiffe://cluster.local/ns/ai/sa/gateway',
      destination_service_name: 'chat',
      destination_service_namespace: 'ai',
      ...labels,
    },
    values: [
      [1_767_225_600, 0],
      [1_767_226_500, 4],
      [1_767_227_400, 0],
    ] as [number, number][],
  });

  it.each([
    ['undecided', chatPolicy, {}],
    ['application', '', {}],
    ['external', '', { response_flags: 'UAEX' }],
    [
      'policy',
      '',
      {
        response_code_details:
          'rbac_access_denied_matched_policy[ns[ai]-policy[p]-rule[0]]',
      },
    ],
    [
      'policy',
      chatPolicy,
      { source_workload: 'batch', source_principal: 'unknown' },
    ],
  ])('by %s', (by, yaml, labels) => {
    const { denied } = assess(yaml, { denied: known([refused(labels)]) });
    expect(denied).toMatchObject({
      value: [{ by, count: 4, lastAt: '2026-01-01T00:15:00.000Z' }],
    });
  });

  it('counts those whom its rows leave out', () => {
    const all = Array.from({ length: 1100 }, (_, n) =>
      refused({ source_workload: `caller-${n}` }),
    );
    const { denied, moreDenied } = assess('', { denied: known(all) });
    expect(denied.status === 'known' && denied.value).toHaveLength(1000);
    expect(moreDenied).toBe(100);
    expect(
      assess('', { denied: known(all.slice(0, 1000)) }),
    ).not.toHaveProperty('moreDenied');
  });
});

describe('what is more than a matrix shows', () => {
  it('is counted: callers, and kinds of request', () => {
    const paths = Array.from({ length: 30 }, (_, n) => `/path-${n}`);
    const { callers, moreCallers, operations, moreOperations } = assess(
      `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: chat }
spec:
  selector: { matchLabels: { app: chat } }
  rules: [{ to: [{ operation: { paths: ${JSON.stringify(paths)} } }] }]
`,
      {
        observed: known(
          Array.from({ length: 150 }, (_, n) => caller(`caller-${n}`, true)),
        ),
      },
    );
    expect(callers.status === 'known' && callers.value).toHaveLength(100);
    expect(moreCallers).toBe(50);
    expect(operations).toHaveLength(20);
    expect(moreOperations).toBe(11);
  });

  it('is nothing where there is no more', () => {
    const answer = assess(chatPolicy);
    expect(answer).not.toHaveProperty('moreCallers');
    expect(answer).not.toHaveProperty('moreOperations');
  });
});
