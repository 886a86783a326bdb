import { objectsFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import type { ConfigObject, KubernetesObject } from '../../kubernetes/kinds';
import { chatMesh } from '../../security/__testUtils__/chatMesh';

/** A breaker has something to choose from. */
function secondPod(version: string): string {
  return `
apiVersion: v1
kind: Pod
metadata:
  namespace: ai
  name: chat-${version}-abc12-two
  labels: { app: chat, version: ${version}, pod-template-hash: abc12 }
  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: chat-${version}-abc12 }]
spec:
  serviceAccountName: chat
  containers:
  - name: app
    ports: [{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 15020 }]
  - name: istio-proxy
status: { phase: Running, ready: true }
---
`;
}

/** The chat service's configuration, with nothing to complain about. */
const sound = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { namespace: ai, name: chat, resourceVersion: '11' }
spec:
  hosts: [chat]
  http:
  - name: vip
    match: [{ headers: { x-user-tier: { exact: vip } } }]
    timeout: 30s
    retries: { attempts: 2, perTryTimeout: 15s, retryOn: 'connect-failure,refused-stream' }
    route: [{ destination: { host: chat, subset: v2 } }]
  - name: split
    timeout: 60s
    retries: { attempts: 2, perTryTimeout: 25s, retryOn: 'connect-failure,refused-stream' }
    route:
    - { destination: { host: chat, subset: v1 }, weight: 90 }
    - { destination: { host: chat, subset: v2 }, weight: 10 }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ai, name: chat, resourceVersion: '12' }
spec:
  host: chat
  trafficPolicy:
    connectionPool: { tcp: { maxConnections: 100 }, http: { http1MaxPendingRequests: 50, http2MaxRequests: 100 } }
    outlierDetection: { consecutiveGatewayErrors: 5, consecutive5xxErrors: 10, interval: 30s, baseEjectionTime: 60s, maxEjectionPercent: 50 }
  subsets:
  - { name: v1, labels: { version: v1 } }
  - { name: v2, labels: { version: v2 } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { namespace: ai, name: default, resourceVersion: '13' }
spec: { mtls: { mode: STRICT } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { namespace: ai, name: chat, resourceVersion: '14' }
spec:
  selector: { matchLabels: { app: chat } }
  rules: [{ from: [{ source: { principals: [cluster.local/ns/ai/sa/gateway] } }] }]
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { namespace: ai, name: default, resourceVersion: '15' }
spec:
  accessLogging: [{ providers: [{ name: envoy }], filter: { expression: 'response.code >= 400' } }]
  tracing: [{ providers: [{ name: zipkin }], randomSamplingPercentage: 10, customTags: { ai.model: { header: { name: x-ai-model } } } }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { namespace: ai, name: chat, labels: { kubernetes.io/service-name: chat } }
endpoints:
- { addresses: [10.0.0.1], targetRef: { kind: Pod, name: chat-v1-abc12-xyz } }
- { addresses: [10.0.0.2], targetRef: { kind: Pod, name: chat-v2-abc12-xyz } }
- { addresses: [10.0.0.3], targetRef: { kind: Pod, name: chat-v1-abc12-two } }
- { addresses: [10.0.0.4], targetRef: { kind: Pod, name: chat-v2-abc12-two } }
---
${secondPod('v1')}${secondPod('v2')}`;

/** Changes one object's spec, or takes the object away by giving nothing back. */
export type Change = (spec: Record<string, any>) => unknown;

/**
 * The chat service's objects with changes by kind; a kind that is not there is added by hand in `more`. A change works
 * on the spec in place; giving back `null` takes the object away.
 */
export function soundMesh(
  changes: Partial<Record<string, Change>> = {},
  more = '',
): KubernetesObject[] {
  const objects = objectsFromYaml(
    // In the mesh by a revision, of which nobody says that every pod has a proxy.
    chatMesh.replace(
      'metadata: { name: ai }',
      'metadata: { name: ai, labels: { istio.io/rev: stable } }',
    ) + sound,
  ) as ConfigObject[];
  const changed = objects.flatMap(object => {
    const gone = changes[object.kind]?.(object.spec!) === null;
    return gone ? [] : [object];
  });
  return [...changed, ...objectsFromYaml(more)];
}
