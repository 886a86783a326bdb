import { mkdtemp, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';

/** A service's name by its number. */
export function chatName(index: number): string {
  return `chat-${index}`;
}

/** Writes a world for the sandbox: services of two versions each, all traffic on the first, and nobody who calls them. */
export async function canaryWorld(services: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ai-mesh-canary-world-'));
  const manifests = Array.from({ length: services }, (_, i) =>
    serviceYaml(chatName(i)),
  );
  await writeFile(
    join(folder, 'world.yaml'),
    [
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: ai }\n',
      ...manifests,
    ].join('---'),
  );
  await writeFile(join(folder, 'behaviour.yaml'), 'loads: []\n');
  return folder;
}

function serviceYaml(name: string): string {
  const deployment = (version: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}-${version}, namespace: ai }
spec:
  replicas: 1
  selector: { matchLabels: { app: ${name}, version: ${version} } }
  template:
    metadata: { labels: { app: ${name}, version: ${version} } }
    spec: { containers: [{ name: app, image: app }] }
`;
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ai }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 8080 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ${name}, namespace: ai }
spec:
  host: ${name}
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2 } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ai, annotations: { note: keep } }
spec:
  hosts: [${name}]
  http:
    - match: [{ headers: { tier: { exact: vip } } }]
      route: [{ destination: { host: ${name}, subset: v2 } }]
    - timeout: 60s
      route: [{ destination: { host: ${name}, subset: v1 } }]
---${deployment('v1')}---${deployment('v2')}`;
}
