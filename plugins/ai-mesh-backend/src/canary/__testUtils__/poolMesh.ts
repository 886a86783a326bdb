const of = (version: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: llm-${version}, namespace: ai }
spec: { replicas: 1, template: { metadata: { labels: { app: llm, version: ${version} } } } }
---
apiVersion: v1
kind: Pod
metadata: { name: llm-${version}-abc-12345, namespace: ai, labels: { app: llm, version: ${version} } }
spec: { containers: [{ name: vllm }] }
status: { ready: true }
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: { name: llm-${version}, namespace: ai, resourceVersion: '1' }
spec:
  selector: { matchLabels: { app: llm, version: ${version} } }
  targetPorts: [{ number: 8000 }]
  endpointPickerRef: { name: epp-${version}, port: { number: 9002 } }
---
apiVersion: v1
kind: Service
metadata: { name: epp-${version}, namespace: ai }
spec: { selector: { app: epp-${version} } }
---
apiVersion: v1
kind: Pod
metadata: { name: epp-${version}-abc-12345, namespace: ai, labels: { app: epp-${version} } }
spec: { containers: [{ name: epp }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: epp-${version}, namespace: ai, resourceVersion: '1', labels: { kubernetes.io/service-name: epp-${version} } }
endpoints: [{ addresses: [10.0.1.1], conditions: { ready: true } }]
---`;

/** A model that two InferencePools serve, each with its endpoint picker, behind an HTTPRoute: 90/10. */
export const poolMesh = `
apiVersion: v1
kind: Service
metadata: { name: llm, namespace: ai }
spec: { selector: { app: llm } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: llm, namespace: ai, resourceVersion: '1' }
spec:
  parentRefs: [{ name: public }]
  rules:
    - backendRefs:
        - { group: inference.networking.k8s.io, kind: InferencePool, name: llm-v1, weight: 90 }
        - { group: inference.networking.k8s.io, kind: InferencePool, name: llm-v2, weight: 10 }
---${of('v1')}${of('v2')}`;
