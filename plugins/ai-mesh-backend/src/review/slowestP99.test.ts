import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { resolveRoutes } from '../routes/resolveRoutes';
import { subjectOf } from './__testUtils__/reviewOf';
import { slowestP99 } from './slowestP99';

const deployment = (name: string, labels: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: ai, name: ${name} }
spec: { template: { metadata: { labels: { app: chat, ${labels} } } } }
`;
const mesh = (stable: string, canary: string) => `
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: chat }
spec: { selector: { app: chat }, ports: [{ port: 80 }] }
${deployment('chat-stable', stable)}${deployment('chat-canary', canary)}---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { namespace: ai, name: chat }
spec:
  host: chat
  subsets:
  - { name: stable, labels: { ${stable} } }
  - { name: canary, labels: { ${canary} } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { namespace: ai, name: chat }
spec:
  hosts: [chat]
  http: [{ route: [{ destination: { host: chat, subset: canary } }] }]
`;

describe('the slowest answers of a rule’s destinations', () => {
  it.each([
    [
      'by their version',
      'version: v1',
      'version: v2',
      { p99MsByVersion: { v1: 9000, v2: 200 } },
      200,
    ],
    [
      'by their workload, where they share a version',
      'version: v1, track: stable',
      'version: v1, track: canary',
      {
        p99MsByVersion: { v1: 9000 },
        p99MsByWorkload: { 'chat-stable': 9000, 'chat-canary': 200 },
      },
      200,
    ],
    [
      'by the whole service, where nothing was measured of them',
      'version: v1, track: stable',
      'version: v1, track: canary',
      { p99MsByWorkload: { 'chat-stable': 9000 } },
      5000,
    ],
  ])('are told %s', (_, stable, canary, measured, expected) => {
    const snapshot = snapshotFromYaml(mesh(stable, canary));
    const routes = resolveRoutes(snapshot, { namespace: 'ai', name: 'chat' });
    const maps = Object.fromEntries(
      Object.entries(measured).map(([name, of]) => [
        name,
        new Map(Object.entries(of)),
      ]),
    );
    const subject = subjectOf(snapshot, {
      telemetry: { p99Ms: { status: 'known', value: 5000 }, ...maps },
    });
    expect(slowestP99(subject, routes.rules[0])).toBe(expected);
  });
});
