import { canaryPlanSchema } from '@ai-mesh/plugin-ai-mesh-common';
import {
  objectsFromYaml,
  snapshotOfObjects,
} from '../../kubernetes/__testUtils__/snapshotFromYaml';
import { findRule } from '../split';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import { SourceError } from '../../target/SourceError';
import { inBothLanguages } from '../gates/__testUtils__/inBothLanguages';
import { affinityChecks } from './affinityChecks';

const host = 'chat.ai.svc.cluster.local';

const gateways = objectsFromYaml(`
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: edge }
spec: { selector: { istio: ingressgateway } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: door, namespace: edge }
spec: { template: { metadata: { labels: { app: door, istio: ingressgateway } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: public-istio, namespace: edge }
spec: { template: { metadata: { labels: { gateway.networking.k8s.io/gateway-name: public } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: waypoint, namespace: ai }
spec: { template: { metadata: { labels: { gateway.networking.k8s.io/gateway-name: waypoint, gateway.istio.io/managed: istio.io-mesh-controller } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: frontend, namespace: ai }
spec: { template: { metadata: { labels: { app: frontend } } } }
`);

/** `edge/door`, `ai/frontend`; behind an arrow the service that it calls, where that is another. */
async function checksFor(
  callers: string[] | Error,
  {
    percent = 5,
    change = () => undefined,
  }: { percent?: number; change?: (cluster: FakeCluster) => void } = {},
) {
  const cluster = new FakeCluster();
  cluster.objects.push(...gateways);
  change(cluster);
  Object.assign(cluster, {
    prometheus: {
      series: 'all',
      query: async (promql: string) => {
        if (callers instanceof Error) {
          throw callers;
        }
        return {
          promql,
          warnings: [],
          observedAt: new Date(),
          samples: callers.map(text => {
            const [caller, called = 'ai/chat'] = text.split(' -> ');
            const [namespace, name] = caller.split('/');
            return {
              labels: {
                reporter: 'source',
                source_workload_namespace: namespace,
                source_workload: name,
                destination_service_namespace: called.split('/')[0],
                destination_service_name: called.split('/')[1],
              },
              value: 1,
              timestamp: 0,
            };
          }),
        };
      },
    },
  });
  const snapshot = snapshotOfObjects(cluster.objects);
  const [stable, canary] = ['v1', 'v2'].map(subset => ({ host, subset }));
  const object = cluster.route;
  const checks = await affinityChecks(
    {
      subject: {
        service: { cluster: 'demo', namespace: 'ai', name: 'chat' },
        stable,
        canary,
        plan: canaryPlanSchema.parse({ affinity: { cookie: 'canary' } }),
      },
      cluster,
      snapshot,
      route: {
        object: {
          cluster: 'demo',
          apiVersion: object.apiVersion!,
          kind: object.kind!,
          namespace: 'ai',
          name: 'chat',
        },
      },
      object,
      found: findRule(object, {
        stable,
        canary,
        clusterDomain: 'cluster.local',
      }),
    },
    [percent],
    new AbortController().signal,
  );
  checks.forEach(inBothLanguages);
  return checks.map(({ outcome, message }) => `${outcome}: ${message}`);
}

it.each<[string, string[] | Error, RegExp]>([
  [
    'gateways of either kind alone',
    ['edge/door', 'edge/public-istio', 'ai/waypoint'],
    /^ok: Only gateways call the service \(edge\/door, edge\/public-istio\): browsers behind them keep the cookie canary/,
  ],
  [
    'a workload alone',
    ['ai/frontend'],
    /^warns: ai\/frontend calls the service from within the mesh and drops the cookie canary, unless it passes on both .* No gateway has called it/,
  ],
  [
    'workloads beside a gateway',
    ['ai/frontend', 'edge/door', 'ai/batch'],
    /^warns: ai\/batch, ai\/frontend call the service from within the mesh and drop the cookie canary.*People who come through edge\/door stay/,
  ],
  [
    'many workloads',
    ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => `ai/${name}`),
    /^warns: ai\/a, ai\/b, ai\/c, ai\/d, ai\/e \(\+ 2\) call/,
  ],
  [
    'workloads of a namesake',
    ['ai/frontend -> other/chat', 'edge/door'],
    /^ok: Only gateways/,
  ],
  ['nobody', [], /^warns: Nobody in the mesh has called the service/],
  [
    'nobody knows who',
    new SourceError('source-unreachable', 'Prometheus is away.'),
    /^warns: Who calls the service is not known \(source-unreachable\).*Prometheus is away\.$/,
  ],
])(
  'says who keeps the cookie where it is called by %s',
  async (_, callers, message) => {
    const [first] = await checksFor(callers);
    expect(first).toMatch(message);
  },
);

it.each([
  [1, 'at 1% half of the people are with it after 69 requests each'],
  [5, 'at 5% half of the people are with it after 14 requests each'],
  [50, 'at 50% half of the people are with it after 1 request each'],
  [100, 'at 100% half of the people are with it after 1 request each'],
])('says how fast the share grows beyond %i %%', async (percent, text) => {
  const [, shares] = await checksFor(['edge/door'], { percent });
  expect(shares).toContain(text);
  expect(shares).toMatch(/^warns: .*judged by the requests that were really/);
});

it('blocks where the route cannot have it, with the reason alone', async () => {
  const checks = await checksFor(['edge/door'], {
    change: cluster =>
      cluster.edit('VirtualService', 'chat', ({ spec }) => {
        Object.assign((spec?.http as object[])[1], {
          headers: { response: { remove: ['set-cookie'] } },
        });
      }),
  });
  expect(checks).toEqual([
    expect.stringMatching(/^blocks: http\[1\] cannot keep people .*Set-Cookie/),
  ]);
});
