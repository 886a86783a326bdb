import { destinationRule, meshOf } from './__testUtils__/meshOf';
import { trafficPoliciesFor } from './trafficPolicies';

const policies = (...manifests: string[]) =>
  trafficPoliciesFor(meshOf(manifests.join('')), 'chat.ai.svc.cluster.local');

const limit = (maxConnections: number) => ({
  connectionPool: { tcp: { maxConnections } },
});
const subset = (name: string, more: object = {}) => ({
  name,
  labels: { version: name },
  ...more,
});
const limits = (found: ReturnType<typeof policies>) =>
  found.breakers?.map(({ object, subset: name, connectionPool }) => [
    object.name,
    name,
    connectionPool.maxConnections,
  ]);

describe('of several DestinationRules', () => {
  it('the one that names the host most closely counts', () => {
    const found = policies(
      destinationRule('wild', {
        host: '*.ai.svc.cluster.local',
        trafficPolicy: limit(1),
      }),
      destinationRule('exact', { host: 'chat', trafficPolicy: limit(2) }),
    );
    expect(limits(found)).toEqual([['exact', undefined, 2]]);
    expect(found.notes).toEqual([]);
  });

  it('for the same host the subsets add up and the oldest policy counts', () => {
    const found = policies(
      destinationRule(
        'newer',
        {
          host: 'chat',
          trafficPolicy: limit(2),
          subsets: [subset('v1', { trafficPolicy: limit(9) }), subset('v2')],
        },
        { creationTimestamp: '2026-02-01T00:00:00Z' },
      ),
      destinationRule('older', {
        host: 'chat',
        trafficPolicy: limit(1),
        subsets: [subset('v1', { labels: { version: 'one' } })],
      }),
    );
    expect([...found.subsets]).toEqual([
      ['v1', { version: 'one' }],
      ['v2', { version: 'v2' }],
    ]);
    expect(limits(found)).toEqual([['older', undefined, 1]]);
    expect(found.notes).toMatchObject([{ kind: 'several-destination-rules' }]);
  });

  it('the service’s namespace comes before the root namespace', () => {
    const root = destinationRule(
      'mesh-wide',
      { host: '*', trafficPolicy: limit(1) },
      { namespace: 'istio-system' },
    );
    expect(limits(policies(root))).toEqual([['mesh-wide', undefined, 1]]);
    expect(
      limits(
        policies(
          root,
          destinationRule('own', { host: 'chat', trafficPolicy: limit(2) }),
        ),
      ),
    ).toEqual([['own', undefined, 2]]);
  });

  it.each([
    [
      'in a caller’s namespace',
      { host: 'chat.ai.svc.cluster.local', trafficPolicy: limit(3) },
      { namespace: 'caller' },
      'only to callers in caller',
    ],
    [
      'that is not exported',
      { host: 'chat', exportTo: ['.'], trafficPolicy: limit(3) },
      {},
      'only to callers in ai',
    ],
    [
      'for selected workloads',
      {
        host: 'chat',
        workloadSelector: { matchLabels: { app: 'a' } },
        trafficPolicy: limit(3),
      },
      {},
      'that its workloadSelector names',
    ],
  ])('one %s is shown with a note', (_, spec, metadata, words) => {
    const found = policies(destinationRule('some', spec, metadata));
    expect(limits(found)).toEqual([['some', undefined, 3]]);
    expect(found.notes).toMatchObject([
      { kind: 'limited-audience', message: expect.stringContaining(words) },
    ]);
  });

  it('one for nobody does not count', () => {
    expect(
      limits(
        policies(
          destinationRule('none', {
            host: 'chat',
            exportTo: ['~'],
            trafficPolicy: limit(1),
          }),
        ),
      ),
    ).toEqual([]);
  });
});

describe('a breaker', () => {
  it('of a subset replaces whole parts of the rule’s and inherits the others', () => {
    const found = policies(
      destinationRule('chat', {
        host: 'chat',
        trafficPolicy: {
          ...limit(100),
          outlierDetection: { consecutive5xxErrors: 5, interval: '30s' },
          loadBalancer: { simple: 'LEAST_REQUEST' },
          tls: { mode: 'ISTIO_MUTUAL' },
        },
        subsets: [
          subset('v1', {
            trafficPolicy: {
              connectionPool: { http: { http1MaxPendingRequests: 30 } },
            },
          }),
          subset('v2'),
        ],
      }),
    );
    expect(found.breakers?.map(({ object, ...settings }) => settings)).toEqual([
      {
        connectionPool: { maxConnections: 100 },
        outlierDetection: { consecutive5xxErrors: 5, intervalMs: 30_000 },
        loadBalancer: 'LEAST_REQUEST',
        tlsMode: 'ISTIO_MUTUAL',
      },
      {
        subset: 'v1',
        connectionPool: { http1MaxPendingRequests: 30 },
        outlierDetection: { consecutive5xxErrors: 5, intervalMs: 30_000 },
        loadBalancer: 'LEAST_REQUEST',
        tlsMode: 'ISTIO_MUTUAL',
      },
    ]);
  });

  it('of a port inherits nothing', () => {
    const port = (number: number) => ({
      portLevelSettings: [
        {
          port: { number },
          loadBalancer: { consistentHash: { httpHeaderName: 'x-user' } },
        },
      ],
    });
    const found = policies(
      destinationRule('chat', {
        host: 'chat',
        trafficPolicy: { ...limit(100), ...port(8080) },
        subsets: [subset('v1', { trafficPolicy: port(9090) })],
      }),
    );
    expect(found.breakers?.map(({ object, ...settings }) => settings)).toEqual([
      { connectionPool: { maxConnections: 100 } },
      {
        subset: 'port 8080',
        connectionPool: {},
        loadBalancer: 'consistentHash: httpHeaderName',
      },
      {
        subset: 'v1, port 9090',
        connectionPool: {},
        loadBalancer: 'consistentHash: httpHeaderName',
      },
    ]);
  });
});
