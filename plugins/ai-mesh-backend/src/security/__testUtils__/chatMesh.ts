/** A small mesh in namespace `ai`: chat behind a Service with two ports, a gateway that calls it, a batch job without a proxy. */
export const chatMesh = `
apiVersion: v1
kind: Namespace
metadata: { name: ai }
---
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: chat }
spec:
  selector: { app: chat }
  ports:
  - { name: http, port: 80, targetPort: 8080 }
  - { name: tcp-metrics, port: 9090, targetPort: metrics }
---
${deployment('chat-v1', { app: 'chat', version: 'v1' })}
${pod('chat-v1', { app: 'chat', version: 'v1' }, true)}
${deployment('chat-v2', { app: 'chat', version: 'v2' })}
${pod('chat-v2', { app: 'chat', version: 'v2' }, true)}
${deployment('gateway', { app: 'gateway' })}
${pod('gateway', { app: 'gateway' }, true)}
${pod('batch', { app: 'batch' }, false, 'Job')}
`;

function deployment(name: string, labels: Record<string, string>): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: ai, name: ${name} }
spec:
  template:
    metadata: { labels: ${JSON.stringify(labels)} }
    spec: { serviceAccountName: ${name.replace(/-v\d$/, '')} }
---`;
}

function pod(
  owner: string,
  labels: Record<string, string>,
  proxy: boolean,
  kind: 'ReplicaSet' | 'Job' = 'ReplicaSet',
): string {
  const hash = 'abc12';
  const name = kind === 'Job' ? owner : `${owner}-${hash}`;
  return `
apiVersion: v1
kind: Pod
metadata:
  namespace: ai
  name: ${name}-xyz
  labels: ${JSON.stringify({ ...labels, ...(kind === 'ReplicaSet' && { 'pod-template-hash': hash }) })}
  ownerReferences: [{ apiVersion: apps/v1, kind: ${kind}, name: ${name} }]
spec:
  serviceAccountName: ${owner.replace(/-v\d$/, '')}
  containers:
  - name: app
    ports: [{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 15020 }]
${proxy ? '  - name: istio-proxy' : ''}
status: { phase: Running, ready: true }
---`;
}
