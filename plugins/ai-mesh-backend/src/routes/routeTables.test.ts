import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { routeTables } from './routeTables';

const routed = (name: string, to: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ai }
spec:
  hosts: [${name}]
  http: [{ route: [{ destination: { host: ${to} } }] }]`;

const chat = { namespace: 'ai', name: 'chat' };
const search = { namespace: 'ai', name: 'search' };

const targetsOf = (...[snapshot, service]: Parameters<typeof routeTables>) =>
  routeTables(snapshot, service).flatMap(({ rules }) =>
    rules.flatMap(({ destinations }) => destinations.map(({ host }) => host)),
  );

describe('routeTables', () => {
  const snapshot = snapshotFromYaml(
    [routed('chat', 'chat-v1'), routed('search', 'search-v1')].join('\n---'),
  );
  const later = snapshotFromYaml(routed('chat', 'chat-v2'));

  it('are read once for all who ask for those of a service', () => {
    expect(routeTables(snapshot, { ...chat })).toBe(
      routeTables(snapshot, chat),
    );
  });

  it('are those of the service, and of the snapshot, that is asked about', () => {
    expect(targetsOf(snapshot, chat)).toEqual(['chat-v1.ai.svc.cluster.local']);
    expect(targetsOf(snapshot, search)).toEqual([
      'search-v1.ai.svc.cluster.local',
    ]);
    expect(targetsOf(later, chat)).toEqual(['chat-v2.ai.svc.cluster.local']);
    expect(routeTables(snapshot, { ...chat, namespace: 'shop' })).toEqual([]);
  });
});
