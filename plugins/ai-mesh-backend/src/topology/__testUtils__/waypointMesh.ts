import { bucketRows, requestRow } from './meshRows';

/** The chat service calls `llm`, which has a waypoint; so many pods of it are ready. */
export const waypointMesh = (ready: number) => `
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
export const afterWaypointFailed = {
  requests: [toChat('200', 3), toChat('502', 7)],
  usual: bucketRows(toLlm, 1000).map(({ labels, rate }) => ({
    labels: { ...labels, usual: 'hour-before' },
    rate,
  })),
};
