import { bothReport, requestRow } from '../topology/__testUtils__/meshRows';
import { realEnds, type Ends } from './realEnds';

const ends: Ends = {
  isRelay: ({ name }) => name === 'waypoint' || name === 'ztunnel',
  serviceOf: ({ namespace, name }) =>
    name === 'chat-v1' ? { namespace, name: 'chat' } : undefined,
};

const passed = (cluster: string, by?: string) => {
  const row = requestRow('source', { from: 'web', to: 'x', by, rate: 1 });
  return {
    ...row,
    labels: {
      ...row.labels,
      destination_service: cluster,
      destination_service_name: cluster,
      destination_service_namespace: 'unknown',
    },
  };
};

describe('realEnds', () => {
  it('leaves calls between two workloads as they are', () => {
    const rows = bothReport({
      from: 'web',
      to: 'chat',
      by: 'chat-v1',
      rate: 1,
    });
    expect(realEnds(rows, ends)).toEqual(rows);
  });

  it('leaves out what a waypoint passes on', () => {
    expect(
      realEnds(
        [
          requestRow('destination', {
            from: 'waypoint',
            to: 'chat',
            by: 'chat-v1',
            rate: 1,
          }),
        ],
        ends,
      ),
    ).toEqual([]);
  });

  it('does not take a waypoint for who answers', () => {
    const [row] = realEnds(
      [
        requestRow('source', {
          from: 'web',
          to: 'chat',
          by: 'waypoint',
          version: 'latest',
          rate: 1,
        }),
      ],
      ends,
    );
    expect(row.labels).toMatchObject({
      source_workload: 'web',
      destination_service_name: 'chat',
      destination_workload: 'unknown',
      destination_version: 'unknown',
    });
  });

  it.each(['PassthroughCluster', 'InboundPassthroughCluster'])(
    'gives a call through %s to the service of who answered',
    cluster => {
      const [row] = realEnds([passed(cluster, 'chat-v1')], ends);
      expect(row.labels).toMatchObject({
        destination_service_name: 'chat',
        destination_service_namespace: 'ai',
        destination_workload: 'chat-v1',
      });
    },
  );

  it('leaves it where nobody is known to have answered, or for no Service', () => {
    const rows = [
      passed('PassthroughCluster'),
      passed('PassthroughCluster', 'job'),
    ];
    expect(realEnds(rows, ends)).toEqual(rows);
  });
});
