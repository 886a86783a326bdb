import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { requestRow } from '../topology/__testUtils__/meshRows';
import { deniedCallers } from './authorization/deniedCallers';
import { CalledEnds } from './CalledEnds';

const snapshot = snapshotFromYaml(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: l7, namespace: ai }
spec: { template: { metadata: { labels: { gateway.istio.io/managed: istio.io-mesh-controller } } } }
`);
const east = { name: 'east', istioCluster: 'e-1' };
const west = { name: 'west', istioCluster: 'w-1' };
const call = { to: 'chat', by: 'chat-v1', toCluster: 'e-1', rate: 1 };

describe('CalledEnds', () => {
  const ends = new CalledEnds(east, [east, west], snapshot);

  it('leaves out what a relay sent, and what another cluster’s services got', () => {
    const rows = [
      requestRow('destination', { ...call, from: 'web', fromCluster: 'w-1' }),
      requestRow('destination', { ...call, from: 'l7', fromCluster: 'e-1' }),
      requestRow('destination', { ...call, from: 'web', toCluster: 'w-1' }),
    ];
    expect(ends.read(known(rows))).toMatchObject({
      status: 'known',
      value: [
        { labels: { source_cluster: 'west', destination_cluster: 'east' } },
      ],
    });
  });

  it('tells denied callers of one name apart by their clusters', () => {
    const row = (fromCluster: string, count: number) => ({
      labels: requestRow('destination', {
        ...call,
        from: 'web',
        fromCluster,
        code: '403',
      }).labels,
      values: [[1_700_000_000, count] as [number, number]],
    });
    const { denied } = deniedCallers(
      'east',
      ends.read(known([row('e-1', 1), row('w-1', 7)])),
      { namespace: 'ai', name: 'chat' },
      () => [],
    );
    expect(denied).toMatchObject({
      value: [
        { caller: { cluster: 'west', workload: 'web' }, count: 7 },
        { caller: { cluster: 'east', workload: 'web' }, count: 1 },
      ],
    });
  });
});
