/** Full name of {@link chatMesh}'s Service. */
export const chatHost = 'chat.ai.svc.cluster.local';

/** A Service with a subset and a Deployment for each of its versions. */
export function chatMesh(versions: readonly string[] = ['v1', 'v2']): string {
  const subsets = versions.map(
    version => `    - { name: ${version}, labels: { version: ${version} } }`,
  );
  const deployments = versions.map(
    version => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat-${version}, namespace: ai }
spec: { template: { metadata: { labels: { app: chat, version: ${version} } } } }
---`,
  );
  return `
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ai }
spec: { selector: { app: chat }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: ai }
spec:
  host: chat
  subsets:
${subsets.join('\n')}
---
${deployments.join('')}`;
}
