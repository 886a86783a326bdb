import { mkdtemp, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';

/** A service's name by its number. */
export function chatName(index: number): string {
  return `chat-${index}`;
}

/** Histograms of sizes would be half of what Prometheus keeps, and no gate asks for them. */
const withoutSizes = `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: mesh-default, namespace: istio-system }
spec:
  metrics:
    - providers: [{ name: prometheus }]
      overrides:
        - { match: { metric: REQUEST_SIZE }, disabled: true }
        - { match: { metric: RESPONSE_SIZE }, disabled: true }
`;

/**
 * Writes a world for the sandbox: services of two versions each, all traffic on the first.
 *
 * @param requestsPerSecond - what one caller sends to all of them together
 * @returns its folder
 */
export async function canaryWorld(
  services: number,
  requestsPerSecond = 0,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ai-mesh-canary-world-'));
  const names = Array.from({ length: services }, (_, i) => chatName(i));
  await writeFile(
    join(folder, 'world.yaml'),
    [
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: ai, labels: { istio-injection: enabled } }\n',
      withoutSizes,
      deploymentYaml('caller', 'v1'),
      ...names.map(serviceYaml),
    ].join('---'),
  );
  const requests = names.map(name => ({ to: `${name}:8080` }));
  const loads =
    requestsPerSecond > 0
      ? [{ from: 'ai/caller-v1', requestsPerSecond, requests }]
      : [];
  await writeFile(join(folder, 'behaviour.yaml'), JSON.stringify({ loads }));
  return folder;
}

function deploymentYaml(name: string, version: string): string {
  return `
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
}

function serviceYaml(name: string): string {
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
---${deploymentYaml(name, 'v1')}---${deploymentYaml(name, 'v2')}`;
}
