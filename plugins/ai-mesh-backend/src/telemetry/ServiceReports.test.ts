import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import {
  requestRow,
  type RequestSpec,
} from '../topology/__testUtils__/meshRows';
import { ServiceReports } from './ServiceReports';

const mesh = `
apiVersion: v1
kind: Service
metadata: { namespace: ai, name: chat }
spec: { selector: { app: chat } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: ai, name: chat-v1 }
spec: { template: { metadata: { labels: { app: chat, version: v1 } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: ai, name: web }
spec: { template: { metadata: { labels: { app: web } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { namespace: ai, name: l7 }
spec: { template: { metadata: { labels: { gateway.istio.io/managed: istio.io-mesh-controller } } } }
`;
const east = { name: 'east' };
const west = { name: 'west' };
const call = { from: 'web', to: 'chat', by: 'chat-v1', rate: 1 };

function readOf(...calls: ReturnType<typeof requestRow>[]) {
  const reports = new ServiceReports(
    east,
    [east, west],
    snapshotFromYaml(mesh),
    [{ namespace: 'ai', name: 'chat' }],
  );
  const read = reports.read(known(calls));
  return {
    around: reports.around,
    rows:
      read.status === 'known'
        ? read.value.map(({ labels }) =>
            [
              `${labels.source_cluster}/${labels.source_workload}`,
              `${labels.destination_cluster}/${labels.destination_service_name}`,
            ].join(' -> '),
          )
        : read,
  };
}

describe('what one Prometheus reports of Services', () => {
  it.each<[string, RequestSpec, string[]]>([
    [
      'calls of the cluster’s own',
      { ...call, fromCluster: 'east', toCluster: 'east' },
      ['east/web -> east/chat'],
    ],
    [
      'calls that come from another cluster',
      { ...call, fromCluster: 'west', toCluster: 'east' },
      ['west/web -> east/chat'],
    ],
    [
      'calls that go to another cluster',
      { ...call, fromCluster: 'east', toCluster: 'west' },
      ['east/web -> west/chat'],
    ],
    [
      'calls without clusters, as older meshes report them',
      call,
      ['east/web -> east/chat'],
    ],
    [
      'nothing of what another cluster does among its own',
      { ...call, fromCluster: 'west', toCluster: 'west' },
      [],
    ],
    ['nothing that a waypoint passes on', { ...call, from: 'l7' }, []],
    [
      'calls by address, by the Service that answered',
      { ...call, to: 'PassthroughCluster' },
      ['east/web -> east/chat'],
    ],
  ])('is %s', (_, spec, expected) => {
    expect(readOf(requestRow('source', spec)).rows).toEqual(expected);
  });

  it('may be by the addresses of the workloads behind them', () => {
    expect(readOf().around).toMatchObject([
      { namespace: 'ai', name: 'chat-v1' },
    ]);
  });

  it('is unknown where it could not be asked', () => {
    const reports = new ServiceReports(east, [], snapshotFromYaml(mesh), []);
    const failed = unknown('source-unreachable', 'It hangs.');
    expect(reports.read(failed)).toBe(failed);
  });
});
