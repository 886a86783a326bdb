import { mkdtemp, writeFile } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';

/** What a canary of this world moves: the subsets of a Service, or the InferencePools of a model. */
export type CanaryKind = 'subsets' | 'pools';

/** A service's name by its number; its route is called so too. */
export function nameOf(kind: CanaryKind, index: number): string {
  return `${kind === 'pools' ? 'llm' : 'chat'}-${index}`;
}

export function chatName(index: number): string {
  return nameOf('subsets', index);
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
 * @param models - so many besides, of two InferencePools each
 * @returns its folder
 */
export async function canaryWorld(
  services: number,
  requestsPerSecond = 0,
  models = 0,
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
      ...Array.from({ length: models }, (_, i) =>
        modelYaml(nameOf('pools', i)),
      ),
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

function modelYaml(name: string): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ai }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 8000 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: ${name}, namespace: ai, annotations: { note: keep } }
spec:
  parentRefs: [{ name: public }]
  rules:
    - backendRefs:
        - { group: inference.networking.k8s.io, kind: InferencePool, name: ${name}-v1, weight: 100 }
---${['v1', 'v2'].map(version => poolYaml(name, version)).join('---')}`;
}

function poolYaml(name: string, version: string): string {
  const picker = `${name}-${version}-epp`;
  return `
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: { name: ${name}-${version}, namespace: ai }
spec:
  selector: { matchLabels: { app: ${name}, version: ${version} } }
  targetPorts: [{ number: 8000 }]
  endpointPickerRef: { name: ${picker}, port: { number: 9002 } }
---${deploymentYaml(name, version)}---
apiVersion: v1
kind: Service
metadata: { name: ${picker}, namespace: ai }
spec: { selector: { app: ${picker} }, ports: [{ name: grpc, port: 9002 }] }
---${deploymentYaml(picker, 'v1')}`;
}
