import { mayCallRequestSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { ServiceObject } from '../../kubernetes/kinds';
import type { KindState } from '../../kubernetes/MeshSnapshot';
import { chatMesh } from '../__testUtils__/chatMesh';
import { policy } from './__testUtils__/askPolicies';
import { mayCall } from './mayCall';
import { serviceAuthorization } from './serviceAuthorization';

const ambient = chatMesh
  .replaceAll('  - name: istio-proxy', '')
  .replace(
    'metadata: { name: ai }',
    'metadata: { name: ai, labels: { istio.io/dataplane-mode: ambient } }',
  );

function labelled(labels: string): string {
  return ambient.replace(
    'metadata: { namespace: ai, name: chat }',
    `metadata: { namespace: ai, name: chat, labels: { ${labels} } }`,
  );
}

function waypoint({
  namespace = 'ai',
  name = 'waypoint',
  labels = '{}',
  className = 'istio-waypoint',
  addresses = '[{ value: 10.0.0.9 }]',
  allowed = '',
} = {}): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { namespace: ${namespace}, name: ${name}, labels: ${labels} }
spec:
  gatewayClassName: ${className}
  listeners: [{ name: mesh, port: 15008, protocol: HBONE${allowed} }]
status: { addresses: ${addresses} }
---`;
}

const uses = labelled('istio.io/use-waypoint: waypoint');
const denyPost = '{ to: [{ operation: { methods: [POST] } }] }';

function targeting(
  target: string,
  { namespace = 'ai', rule = denyPost, action = 'DENY' } = {},
): string {
  return policy(
    `{ action: ${action}, targetRefs: [${target}], rules: [${rule}] }`,
    { namespace },
  );
}
const service = '{ kind: Service, group: "", name: chat }';
const gateway =
  '{ kind: Gateway, group: gateway.networking.k8s.io, name: waypoint }';
const gatewayClass =
  '{ kind: GatewayClass, group: gateway.networking.k8s.io, name: istio-waypoint }';

function read(
  yaml: string[],
  states: Partial<Record<'KubernetesGateway', KindState>> = {},
) {
  const snapshot = snapshotFromYaml(yaml, { states });
  const object = snapshot.get('Service', 'ai', 'chat') as ServiceObject;
  const { decision } = mayCall(
    snapshot,
    object,
    mayCallRequestSchema.parse({
      cluster: 'test',
      namespace: 'ai',
      service: 'chat',
      principal: 'cluster.local/ns/ai/sa/gateway',
      method: 'POST',
      path: '/api/chat',
    }),
    { autoMtls: true },
  );
  const {
    policies,
    ineffective,
    waypoint: state,
  } = serviceAuthorization({
    snapshot,
    service: object,
    rules: [],
    observed: known([]),
    denied: known([]),
  });
  return {
    verdict: decision.verdict,
    because: decision.because,
    waypoint: state.status,
    message: state.message,
    effects: policies.map(({ effect }) => effect),
    why: ineffective.map(({ why }) => why),
  };
}

describe('a policy for a waypoint', () => {
  it.each<[string, string[], object]>([
    [
      'points at the Service, which has a waypoint',
      [uses, waypoint(), targeting(service)],
      { verdict: 'denied', waypoint: 'serving', effects: ['full'], why: [] },
    ],
    [
      'points at the Service with the group "core"',
      [
        uses,
        waypoint(),
        targeting('{ kind: Service, group: core, name: chat }'),
      ],
      { verdict: 'denied' },
    ],
    [
      'points at the waypoint',
      [uses, waypoint(), targeting(gateway)],
      { verdict: 'denied', effects: ['full'] },
    ],
    [
      'points at all waypoints, from the root namespace',
      [
        uses,
        waypoint(),
        targeting(gatewayClass, { namespace: 'istio-system' }),
      ],
      { verdict: 'denied', effects: ['full'] },
    ],
    [
      'points at all waypoints from another namespace',
      [uses, waypoint(), targeting(gatewayClass)],
      { verdict: 'allowed', effects: ['none'], why: ['other-namespace'] },
    ],
    [
      'points at the Service from the root namespace',
      [uses, waypoint(), targeting(service, { namespace: 'istio-system' })],
      { verdict: 'allowed', effects: ['none'], why: ['other-namespace'] },
    ],
    [
      'points at the waypoint from the root namespace',
      [uses, waypoint(), targeting(gateway, { namespace: 'istio-system' })],
      { verdict: 'allowed', effects: ['none'], why: ['other-namespace'] },
    ],
    [
      'points at a Service that asks for no waypoint',
      [ambient, targeting(service)],
      {
        verdict: 'allowed',
        waypoint: 'none',
        effects: ['none'],
        why: ['no-waypoint'],
      },
    ],
    [
      'points at a Service with sidecars and no waypoint',
      [chatMesh, targeting(service)],
      { verdict: 'allowed', effects: ['none'], why: ['no-waypoint'] },
    ],
    [
      'points at a Service whose waypoint does not exist',
      [uses, targeting(service)],
      {
        verdict: 'allowed',
        waypoint: 'missing',
        effects: ['none'],
        why: ['no-waypoint'],
      },
    ],
    [
      'points at a Service whose waypoint has no address yet',
      [uses, waypoint({ addresses: '[]' }), targeting(service)],
      { verdict: 'allowed', waypoint: 'not-ready', why: ['no-waypoint'] },
    ],
    [
      'points at a Service whose waypoint takes workloads only',
      [
        uses,
        waypoint({ labels: '{ istio.io/waypoint-for: workload }' }),
        targeting(service),
      ],
      { verdict: 'allowed', waypoint: 'elsewhere', why: ['no-waypoint'] },
    ],
    [
      'points at a Service whose label says none, though its namespace asks for one',
      [
        labelled('istio.io/use-waypoint: none').replace(
          'dataplane-mode: ambient',
          'dataplane-mode: ambient, istio.io/use-waypoint: waypoint',
        ),
        waypoint(),
        targeting(service),
      ],
      { verdict: 'allowed', waypoint: 'none' },
    ],
    [
      'of another namespace that admits ours',
      [
        labelled(
          'istio.io/use-waypoint: waypoint, istio.io/use-waypoint-namespace: infra',
        ),
        waypoint({
          namespace: 'infra',
          allowed: ', allowedRoutes: { namespaces: { from: All } }',
        }),
        targeting(gateway, { namespace: 'infra' }),
      ],
      { verdict: 'denied', waypoint: 'serving', effects: ['full'] },
    ],
    ...(
      [
        ['{ matchLabels: { team: ai } }', 'serving'],
        ['{ matchLabels: { team: shop } }', 'elsewhere'],
        [
          '{ matchExpressions: [{ key: team, operator: In, values: [ai, ml] }] }',
          'serving',
        ],
        [
          '{ matchExpressions: [{ key: team, operator: NotIn, values: [ai] }] }',
          'elsewhere',
        ],
        [
          '{ matchExpressions: [{ key: stage, operator: NotIn, values: [ai] }] }',
          'serving',
        ],
        ['{ matchExpressions: [{ key: team, operator: Exists }] }', 'serving'],
        [
          '{ matchLabels: { team: ai }, matchExpressions: [{ key: team, operator: DoesNotExist }] }',
          'elsewhere',
        ],
        [
          '{ matchExpressions: [{ key: team, operator: Near, values: [ai] }] }',
          'elsewhere',
        ],
      ] as const
    ).map(([selector, status]): [string, string[], object] => [
      `of another namespace that admits those of ${selector}`,
      [
        labelled(
          'istio.io/use-waypoint: waypoint, istio.io/use-waypoint-namespace: infra',
        ).replace(
          'dataplane-mode: ambient',
          'dataplane-mode: ambient, team: ai',
        ),
        waypoint({
          namespace: 'infra',
          allowed: `, allowedRoutes: { namespaces: { from: Selector, selector: ${selector} } }`,
        }),
        targeting(gateway, { namespace: 'infra' }),
      ],
      { waypoint: status },
    ]),
    [
      'of another namespace that does not admit ours',
      [
        labelled(
          'istio.io/use-waypoint: waypoint, istio.io/use-waypoint-namespace: infra',
        ),
        waypoint({ namespace: 'infra' }),
        targeting(gateway, { namespace: 'infra' }),
      ],
      { verdict: 'allowed', waypoint: 'elsewhere', why: ['no-waypoint'] },
    ],
    [
      'of a class that is not Istio’s',
      [uses, waypoint({ className: 'other' }), targeting(service)],
      { verdict: 'unknown', waypoint: 'unknown' },
    ],
    [
      'points at something that a newer Istio may know',
      [
        uses,
        waypoint(),
        targeting('{ kind: Route, group: new.istio.io, name: chat }'),
      ],
      { verdict: 'unknown', because: 'undecidable' },
    ],
    [
      'points at a route of another service',
      [
        uses,
        waypoint(),
        targeting(
          '{ kind: HTTPRoute, group: gateway.networking.k8s.io, name: other }',
        ),
      ],
      { verdict: 'allowed', because: 'no-policy' },
    ],
    [
      'allows the call, which the waypoint passes on under its own name',
      [
        uses,
        waypoint(),
        targeting(service, { action: 'ALLOW' }),
        policy(
          '{ rules: [{ from: [{ source: { principals: [cluster.local/ns/ai/sa/waypoint] } }] }] }',
          { name: 'only-by-waypoint' },
        ),
      ],
      { verdict: 'unknown', because: 'undecidable' },
    ],
    [
      'allows the call, but the workload lets only the caller itself in',
      [
        uses,
        waypoint(),
        targeting(service, { action: 'ALLOW' }),
        policy(
          '{ rules: [{ from: [{ source: { serviceAccounts: [gateway] } }] }] }',
          { name: 'only-gateway' },
        ),
      ],
      { verdict: 'denied', because: 'no-rule-matched' },
    ],
    [
      'allows the call, and the workload lets only the waypoint in',
      [
        uses,
        waypoint(),
        targeting(service, { action: 'ALLOW' }),
        policy(
          '{ rules: [{ from: [{ source: { serviceAccounts: [waypoint] } }] }] }',
          { name: 'only-by-waypoint' },
        ),
      ],
      { verdict: 'allowed', because: 'allow-rule' },
    ],
  ])('%s', (_, yaml, expected) => {
    expect(read(yaml)).toMatchObject(expected);
  });

  it('is not known to be enforced where the Gateways may not be listed', () => {
    expect(
      read([uses, waypoint(), targeting(service)], {
        KubernetesGateway: { status: 'forbidden', message: 'may not list' },
      }),
    ).toMatchObject({ verdict: 'unknown', waypoint: 'unknown' });
  });

  it('of two that are asked for is the Service’s own, and says so', () => {
    const yaml = uses.replace(
      'dataplane-mode: ambient',
      'dataplane-mode: ambient, istio.io/use-waypoint: other',
    );
    const { message, ...others } = read([
      yaml,
      waypoint(),
      waypoint({ name: 'other' }),
      targeting(gateway),
    ]);
    expect(message).toBe(
      "The namespace asks for the waypoint ai/other; the Service's own label counts.",
    );
    expect(others.verdict).toBe('denied');
    // Nothing else is lost.
    const { message: none, ...same } = read([
      uses,
      waypoint(),
      targeting(gateway),
    ]);
    expect(none).toBeUndefined();
    expect(others).toEqual(same);
  });

  it.each([
    ['an empty list of targets', '{ targetRefs: [], rules: [{}] }'],
    ['none at all', '{ rules: [{}] }'],
  ])('that has %s is for workloads', (_, spec) => {
    const { effects } = read([chatMesh, policy(spec)]);
    expect(effects).toEqual(['full']);
  });
});

describe('a call to a service with a waypoint', () => {
  const caller = (
    name: string,
    { proxy = true, labels = '', namespace = 'shop' } = {},
  ) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: ${namespace}, name: ${name} }
spec: { template: { metadata: { labels: { app: ${name}${labels} } }, spec: { serviceAccountName: ${name} } } }
---
apiVersion: v1
kind: Pod
metadata: { namespace: ${namespace}, name: ${name}-abc-xyz, labels: { app: ${name}, pod-template-hash: abc }, ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: ${name}-abc }] }
spec: { serviceAccountName: ${name}, containers: [{ name: app }${proxy ? ', { name: istio-proxy }' : ''}] }
`;
  const shop = (labels = '') => `---
apiVersion: v1
kind: Namespace
metadata: { name: shop${labels} }
`;
  const viaZtunnel = ', labels: { istio.io/dataplane-mode: ambient }';
  const ingress = caller('edge', {
    labels: ', gateway.networking.k8s.io/gateway-name: edge',
  });
  const takesIngress = labelled(
    'istio.io/use-waypoint: waypoint, istio.io/ingress-use-waypoint: "true"',
  );

  it.each<[string, string[], object, object]>([
    [
      'by a ztunnel is held against its policies',
      [uses, shop(viaZtunnel), caller('web', { proxy: false })],
      { callerNamespace: 'shop', callerWorkload: 'web' },
      { verdict: 'denied', because: 'deny-rule' },
    ],
    [
      'by a sidecar goes past it',
      [uses, shop(), caller('web')],
      { callerNamespace: 'shop', callerWorkload: 'web' },
      {
        verdict: 'allowed',
        message: expect.stringContaining(
          'A call by a sidecar goes past the waypoint',
        ),
      },
    ],
    [
      'by a sidecar is told by its identity too',
      [uses, shop(), caller('web')],
      { principal: 'cluster.local/ns/shop/sa/web' },
      { verdict: 'allowed' },
    ],
    [
      'by a gateway goes past it',
      [uses, shop(), ingress],
      { callerNamespace: 'shop', callerWorkload: 'edge' },
      {
        verdict: 'allowed',
        message: expect.stringContaining(
          'A call by a gateway goes past the waypoint',
        ),
      },
    ],
    [
      'by a gateway is held against its policies where the Service says so',
      [takesIngress, shop(), ingress],
      { callerNamespace: 'shop', callerWorkload: 'edge' },
      { verdict: 'denied', because: 'deny-rule' },
    ],
    [
      'by a gateway is so where its namespace says so',
      [
        uses.replace(
          'dataplane-mode: ambient',
          'dataplane-mode: ambient, istio.io/ingress-use-waypoint: "true"',
        ),
        shop(),
        ingress,
      ],
      { callerNamespace: 'shop', callerWorkload: 'edge' },
      { verdict: 'denied', because: 'deny-rule' },
    ],
    [
      'by nobody knows what is not decided where it matters',
      [uses],
      { principal: 'cluster.local/ns/far/sa/web' },
      { verdict: 'unknown', because: 'undecidable' },
    ],
  ])('%s', (_, yaml, question, expected) => {
    const snapshot = snapshotFromYaml([
      ...yaml,
      waypoint(),
      targeting(service),
    ]);
    const { decision } = mayCall(
      snapshot,
      snapshot.get('Service', 'ai', 'chat') as ServiceObject,
      mayCallRequestSchema.parse({
        cluster: 'test',
        namespace: 'ai',
        service: 'chat',
        method: 'POST',
        path: '/api/chat',
        ...question,
      }),
      { autoMtls: true },
    );
    expect(decision).toMatchObject(expected);
  });

  it('is decided where both ways come to the same', () => {
    const snapshot = snapshotFromYaml([
      uses,
      waypoint(),
      targeting(service, { action: 'ALLOW' }),
    ]);
    const { decision } = mayCall(
      snapshot,
      snapshot.get('Service', 'ai', 'chat') as ServiceObject,
      mayCallRequestSchema.parse({
        cluster: 'test',
        namespace: 'ai',
        service: 'chat',
        principal: 'cluster.local/ns/far/sa/web',
        method: 'POST',
        path: '/api/chat',
      }),
      { autoMtls: true },
    );
    expect(decision.verdict).toBe('allowed');
  });
});
