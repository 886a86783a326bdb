import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { resolveRoutes } from './resolveRoutes';
import { observedTraffic } from './observedTraffic';
import { ServiceTelemetry } from './ServiceTelemetry';

const service = { namespace: 'ai', name: 'chat' };

const mesh = (one: string, two: string, labels: string[]) => `
apiVersion: v1
kind: Service
metadata: { name: chat, namespace: ai }
spec: { selector: { app: chat } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: chat, namespace: ai }
spec:
  host: chat
  subsets:
    - { name: one, labels: { ${one} } }
    - { name: two, labels: { ${two} } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: chat, namespace: ai }
spec:
  hosts: [chat]
  http:
    - route:
        - { destination: { host: chat, subset: one }, weight: 99 }
        - { destination: { host: chat, subset: two }, weight: 1 }
---
${labels
  .map(
    (own, index) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat-${index}, namespace: ai }
spec: { template: { metadata: { labels: { app: chat, ${own} } } } }
---`,
  )
  .join('')}`;

/** What a waypoint reports, by the answering workload. */
const rows = (...reported: [version: string, code: string, rate: number][]) =>
  reported.map(([version, code, rate], index) => ({
    labels: {
      reporter: 'waypoint',
      source_workload: 'web',
      source_workload_namespace: 'ai',
      destination_service_name: 'chat',
      destination_service_namespace: 'ai',
      destination_workload: `chat-${index}`,
      destination_version: version,
      request_protocol: 'http',
      response_code: code,
    },
    rate,
  }));

function observed(yaml: string, requests: ReturnType<typeof rows>) {
  const snapshot = snapshotFromYaml(yaml);
  const telemetry = new ServiceTelemetry({
    requests: known(requests),
    buckets: known([]),
    windowSeconds: 300,
  });
  return resolveRoutes(snapshot, service).rules[0].destinations.map(
    destination => observedTraffic(snapshot, destination, telemetry),
  );
}

describe('observedTraffic', () => {
  it('finds a version under the canonical revision that ambient reports', () => {
    const [one, two] = observed(
      mesh('version: v1', 'version: v2', [
        'version: v1, app.kubernetes.io/version: 1.4.0',
        'version: v2, app.kubernetes.io/version: 1.5.0',
      ]),
      rows(['1.4.0', '200', 9], ['1.5.0', '503', 1]),
    );
    expect(one.requestsPerSecond).toEqual(known(9));
    expect(two.requestsPerSecond).toEqual(known(1));
    expect(two.errorRatio).toEqual(known(1));
  });

  it('tells subsets of one version apart by their workloads', () => {
    const [one, two] = observed(
      mesh('version: v1, track: stable', 'version: v1, track: canary', [
        'version: v1, track: stable',
        'version: v1, track: canary',
      ]),
      rows(['v1', '200', 99], ['v1', '503', 1]),
    );
    expect(one.errorRatio).toEqual(known(0));
    expect(two.errorRatio).toEqual(known(1));
  });

  it('says where nothing tells them apart', () => {
    const [one, two] = observed(
      mesh('track: one', 'track: two', ['version: v1, track: three']),
      rows(['v1', '200', 99]),
    );
    expect([one, two].map(traffic => traffic.requestsPerSecond)).toEqual([
      expect.objectContaining({ reason: 'no-such-label' }),
      expect.objectContaining({ reason: 'no-such-label' }),
    ]);
  });
});
