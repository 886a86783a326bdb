import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { bucketRows, requestRow } from './__testUtils__/meshRows';
import { now, request, targetOn } from './__testUtils__/chatWorld';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { TopologyService } from './TopologyService';

/** The chat service calls `llm`, which has a waypoint; so many pods of it are ready. */
const mesh = (ready: number) => `
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: chat }
spec: { selector: { app: chat } }
---
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: llm, labels: { istio.io/use-waypoint: waypoint } }
spec: { selector: { app: llm } }
---
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: waypoint }
spec: { ports: [{ port: 15008 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { namespace: ai, name: waypoint }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
status: { addresses: [{ value: 10.0.0.9 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: waypoint-a, namespace: ai, labels: { kubernetes.io/service-name: waypoint } }
endpoints: [{ addresses: [10.0.0.7], conditions: { ready: ${ready > 0} } }]
---
${['chat', 'llm']
  .map(
    app => `
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: ai, name: ${app} }
spec: { selector: { matchLabels: { app: ${app} } }, template: { metadata: { labels: { app: ${app} } } } }
---`,
  )
  .join('')}`;

const toChat = (code: string, rate: number) =>
  requestRow('waypoint', { from: 'web', to: 'chat', by: 'chat', code, rate });
const toLlm = requestRow('waypoint', {
  from: 'chat',
  to: 'llm',
  by: 'llm',
  rate: 10,
});

/** What is seen when the last request to `llm` has left the window, and only the hour before knows of any. */
const prometheus = new FakePrometheus({
  requests: [toChat('200', 3), toChat('502', 7)],
  usual: bucketRows(toLlm, 1000).map(({ labels, rate }) => ({
    labels: { ...labels, usual: 'hour-before' },
    rate,
  })),
});

async function look(ready: number, isPast = false) {
  const snapshot = snapshotFromYaml(mesh(ready));
  return new TopologyService().topology(
    targetOn(prometheus, snapshot),
    request,
    { now, isPast },
  );
}

it('names a provider whose waypoint is down, though nobody counts calls to it any more', async () => {
  const { nodes, edges, outage } = await look(0);
  const llm = nodes.find(({ name }) => name === 'llm')!;
  expect(llm).toMatchObject({
    relation: 'provider',
    traffic: { requestsPerSecond: { status: 'unknown' } },
    health: {
      status: 'failing',
      message:
        'Its waypoint ai/waypoint has no ready pod, so that calls of the ambient mesh do not reach it.',
    },
  });
  expect(edges.find(({ target }) => target === llm.id)).toMatchObject({
    reporter: 'waypoint',
    traffic: { requestsPerSecond: { status: 'unknown' } },
  });
  expect(outage).toMatchObject({
    status: 'found',
    origins: [{ node: llm.id, confidence: 'likely' }],
    suffering: expect.arrayContaining([
      expect.objectContaining({
        node: nodes.find(({ name }) => name === 'chat')!.id,
      }),
    ]),
  });
});

it.each([
  ['where the waypoint is well', 1, false],
  ['of a moment that today’s objects do not tell of', 0, true],
])(
  'says nothing of who is not called any more %s',
  async (_, ready, isPast) => {
    const { nodes } = await look(ready, isPast);
    expect(nodes.map(({ name }) => name)).not.toContain('llm');
  },
);
