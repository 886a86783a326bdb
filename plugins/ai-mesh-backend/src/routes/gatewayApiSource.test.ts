import { httpRoute, meshOf } from './__testUtils__/meshOf';
import { measuredAs } from './observedTraffic';
import { resolveRoutes } from './resolveRoutes';
import { routedServices } from './routedServices';

const chat = { namespace: 'ai', name: 'chat' };
const toService = [{ group: '', kind: 'Service', name: 'chat', port: 8080 }];
const backends = [{ name: 'chat-v1', port: 8080 }];

const services = {
  chat: ['v1'],
  'chat-v1': ['v1'],
  'chat-v2': ['v2'],
};

const routesOf = (...manifests: string[]) =>
  resolveRoutes(meshOf(manifests.join(''), { services }), chat);

describe('an HTTPRoute on a Service', () => {
  it('has the same shape as a VirtualService', () => {
    const { rules, notes } = routesOf(
      httpRoute('chat', {
        parentRefs: toService,
        rules: [
          {
            name: 'split',
            backendRefs: [
              { name: 'chat-v1', port: 8080, weight: 90 },
              { name: 'chat-v2', port: 8080, weight: 10 },
            ],
            timeouts: { request: '60s' },
            filters: [
              {
                type: 'RequestHeaderModifier',
                requestHeaderModifier: {
                  set: [{ name: 'x-a', value: 'b' }],
                  remove: ['x-old'],
                },
              },
              {
                type: 'RequestMirror',
                requestMirror: {
                  backendRef: { name: 'chat-v2', port: 8080 },
                  percent: 5,
                },
              },
              {
                type: 'URLRewrite',
                urlRewrite: {
                  path: { type: 'ReplaceFullPath', replaceFullPath: '/v1' },
                },
              },
            ],
          },
        ],
      }),
    );
    expect(notes).toEqual([]);
    expect(rules).toMatchObject([
      {
        name: 'split',
        path: 'spec.rules[0]',
        protocol: 'http',
        gateways: ['mesh'],
        matches: [],
        reachable: true,
        destinations: [
          {
            host: 'chat-v1.ai.svc.cluster.local',
            kind: 'Service',
            port: 8080,
            weight: 90,
            weightPercent: 90,
            endpoints: { status: 'known', value: { ready: 1, total: 1 } },
          },
          { host: 'chat-v2.ai.svc.cluster.local', weightPercent: 10 },
        ],
        timeoutMs: 60_000,
        retries: { source: 'mesh-default' },
        mirrors: [
          { host: 'chat-v2.ai.svc.cluster.local', port: 8080, percent: 5 },
        ],
        headers: ['request set x-a: b', 'request remove x-old'],
        actions: ['rewrite path → /v1'],
      },
    ]);
  });

  it('orders its matches by how closely they ask, over all routes of the Service', () => {
    const path = (type: string, value: string) => ({ path: { type, value } });
    const { rules } = routesOf(
      httpRoute('first', {
        parentRefs: toService,
        rules: [
          { matches: [path('PathPrefix', '/')], backendRefs: backends },
          {
            matches: [path('PathPrefix', '/api'), path('Exact', '/api/chat')],
            backendRefs: backends,
          },
        ],
      }),
      httpRoute('second', {
        parentRefs: toService,
        rules: [
          {
            matches: [
              {
                ...path('PathPrefix', '/api'),
                headers: [{ name: 'x-a', value: 'b' }],
              },
            ],
            backendRefs: backends,
          },
        ],
      }),
    );
    expect(
      rules.map(
        ({ object, path: place, matches }) =>
          `${object.name} ${place} ${matches[0]?.[0].value}`,
      ),
    ).toEqual([
      'first spec.rules[1] /api/chat',
      'second spec.rules[0] /api',
      'first spec.rules[1] /api',
      'first spec.rules[0] /',
    ]);
    expect(rules.every(({ reachable }) => reachable)).toBe(true);
  });

  it('compares whole elements of a path', () => {
    const { rules } = routesOf(
      httpRoute('chat', {
        parentRefs: toService,
        rules: ['/api', '/apis', '/api/x'].map(value => ({
          matches: [{ path: { type: 'PathPrefix', value } }],
          backendRefs: backends,
        })),
      }),
    );
    expect(rules.every(({ reachable }) => reachable)).toBe(true);
  });

  it('from another namespace is for the callers there', () => {
    const { rules, notes } = routesOf(
      httpRoute(
        'consumer',
        {
          parentRefs: [{ ...toService[0], namespace: 'ai' }],
          rules: [
            { backendRefs: [{ name: 'chat', namespace: 'ai', port: 1 }] },
          ],
        },
        { namespace: 'caller' },
      ),
    );
    expect(rules[0].matches).toEqual([
      [{ field: 'sourceNamespace', operator: 'exact', value: 'caller' }],
    ]);
    expect(notes).toMatchObject([{ kind: 'cross-namespace-backend' }]);
  });

  it.each([
    [{ timeouts: { backendRequest: '5s' } }, 5000, 'mesh-default', undefined],
    [
      {
        timeouts: { request: '30s', backendRequest: '5s' },
        retry: { attempts: 3, codes: [503] },
      },
      30_000,
      'route',
      5000,
    ],
    [{ timeouts: { request: '0s' } }, null, 'mesh-default', undefined],
  ])('with %j waits %p ms', (limits, timeoutMs, source, perTryTimeoutMs) => {
    const { rules } = routesOf(
      httpRoute('chat', {
        parentRefs: toService,
        rules: [{ backendRefs: backends, ...limits }],
      }),
    );
    expect(rules[0].timeoutMs).toBe(timeoutMs);
    expect(rules[0].retries?.source).toBe(source);
    expect(rules[0].retries?.perTryTimeoutMs).toBe(perTryTimeoutMs);
  });

  it.each([
    [
      { group: 'inference.networking.k8s.io', kind: 'InferencePool' },
      'InferencePool',
      'There is no InferencePool ai/model.',
    ],
    [
      { group: 'networking.istio.io', kind: 'Hostname' },
      'unknown',
      'No Service and no ServiceEntry has the host model.',
    ],
    [
      { group: 'example.io', kind: 'Store' },
      'unknown',
      'A backend of kind example.io/Store is not known to Istio.',
    ],
  ])('with the backend %j shows its kind %s', (ref, kind, problem) => {
    const { rules } = routesOf(
      httpRoute('chat', {
        parentRefs: toService,
        rules: [{ backendRefs: [{ ...ref, name: 'model' }] }],
      }),
    );
    expect(rules[0].destinations[0]).toMatchObject({
      kind,
      weightPercent: 100,
      endpoints: { status: 'unknown' },
    });
    expect(rules[0].destinations[0].problem).toBe(problem);
  });
});

describe('an HTTPRoute on a Gateway', () => {
  it('shows the rules that lead to the service, with their host', () => {
    const { rules } = routesOf(
      httpRoute('edge', {
        parentRefs: [{ name: 'public', namespace: 'edge' }],
        hostnames: ['shop.example.com'],
        rules: [
          {
            backendRefs: [{ name: 'other', port: 1 }],
            matches: [{ method: 'GET' }],
          },
          { backendRefs: [{ name: 'chat', port: 1 }] },
        ],
      }),
    );
    expect(rules).toMatchObject([
      {
        path: 'spec.rules[1]',
        gateways: ['edge/public'],
        matches: [[{ field: 'host', value: 'shop.example.com' }]],
      },
    ]);
  });
});

describe('an HTTPRoute on a Gateway that leads to InferencePools', () => {
  const pool = (name: string, labels: string) => `
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: { name: ${name}, namespace: ai }
spec: { selector: { matchLabels: ${labels} } }
---
`;
  const llm = `
apiVersion: v1
kind: Service
metadata: { name: llm, namespace: ai }
spec: { selector: { app: llm } }
---
apiVersion: v1
kind: Pod
metadata: { name: llm-a, namespace: ai, labels: { app: llm, version: v1 } }
status: { ready: true }
---
`;
  const ref = (name: string, weight: number) => ({
    group: 'inference.networking.k8s.io',
    kind: 'InferencePool',
    name,
    weight,
  });
  const route = httpRoute('llm', {
    parentRefs: [{ name: 'public' }],
    rules: [{ backendRefs: [ref('llm-v1', 90), ref('llm-v2', 10)] }],
  });
  const mesh = (...pools: string[]) => meshOf([llm, ...pools, route].join(''));
  const v1 = pool('llm-v1', '{ app: llm, version: v1 }');
  const v2 = pool('llm-v2', '{ app: llm, version: v2 }');
  const service = { namespace: 'ai', name: 'llm' };

  it('routes the Service whose pods they divide', () => {
    const { rules } = resolveRoutes(mesh(v1, v2), service);
    expect(rules).toMatchObject([
      {
        path: 'spec.rules[0]',
        reachable: true,
        destinations: [
          {
            kind: 'InferencePool',
            host: 'llm-v1.ai',
            weightPercent: 90,
            endpoints: { status: 'known', value: { ready: 1, total: 1 } },
          },
          {
            kind: 'InferencePool',
            host: 'llm-v2.ai',
            weightPercent: 10,
            problem: 'It has no endpoints.',
          },
        ],
      },
    ]);
    expect(rules[0].destinations[0].problem).toBeUndefined();
    expect(routedServices(mesh(v1, v2), service)).toMatchObject([
      { name: expect.stringMatching(/^llm-v1-ip-/) },
      { name: expect.stringMatching(/^llm-v2-ip-/) },
    ]);
    expect(measuredAs(mesh(v1, v2), rules[0].destinations[0])).toMatchObject({
      name: expect.stringMatching(/^llm-v1-ip-[0-9a-f]{8}$/),
    });
  });

  it('says which one is missing', () => {
    const { rules } = resolveRoutes(mesh(v1), service);
    expect(rules[0].destinations.map(({ problem }) => problem)).toEqual([
      undefined,
      'There is no InferencePool ai/llm-v2.',
    ]);
  });

  it('does not route a Service of other pods', () => {
    const { rules } = resolveRoutes(
      mesh(pool('llm-v1', '{ app: other }'), pool('llm-v2', '{ app: other }')),
      service,
    );
    expect(rules).toEqual([]);
  });
});

it('reads a GRPCRoute', () => {
  const manifest = httpRoute('chat', {
    parentRefs: toService,
    rules: [
      { backendRefs: backends },
      {
        matches: [
          { method: { service: 'ai.Chat', method: 'Ask' } },
          { method: { type: 'RegularExpression', service: 'ai\\..*' } },
        ],
        backendRefs: backends,
      },
    ],
  }).replace('"HTTPRoute"', '"GRPCRoute"');
  const { rules } = routesOf(manifest);
  expect(rules).toMatchObject([
    {
      protocol: 'grpc',
      matches: [
        [
          { field: 'grpc service', operator: 'exact', value: 'ai.Chat' },
          { field: 'grpc method', operator: 'exact', value: 'Ask' },
        ],
        [{ field: 'grpc service', operator: 'regex', value: 'ai\\..*' }],
      ],
    },
    { protocol: 'grpc', matches: [], reachable: true },
  ]);
});
