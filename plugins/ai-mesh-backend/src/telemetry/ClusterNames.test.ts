import { ClusterNames, type NamedCluster } from './ClusterNames';

const row = (reporter: string, from?: string, to?: string) => ({
  labels: {
    reporter,
    ...(from && { source_cluster: from }),
    ...(to && { destination_cluster: to }),
  },
});
const ends = (
  rows: readonly ReturnType<typeof row>[],
  home: NamedCluster,
  ...others: NamedCluster[]
) =>
  new ClusterNames(home, [home, ...others])
    .name(rows)
    .map(({ labels }: { labels: Record<string, string> }) => [
      labels.source_cluster,
      labels.destination_cluster,
    ]);

const east = { name: 'east' };
const west = { name: 'west' };

describe('ClusterNames', () => {
  it.each([
    [
      'as it is configured',
      [row('source', 'east', 'west')],
      east,
      ['east', 'west'],
    ],
    [
      'by its configured name in Istio',
      [row('source', 'east-1', 'west')],
      { ...east, istioCluster: 'east-1' },
      ['east', 'west'],
    ],
    [
      'by the one name that reports',
      [row('source', 'Kubernetes', 'Kubernetes')],
      east,
      ['east', 'east'],
    ],
    [
      'by the name that the called side reports',
      [row('destination', 'other', 'Kubernetes')],
      east,
      ['other', 'east'],
    ],
    ['where nobody names any', [row('source')], east, ['east', 'east']],
    [
      'where the end is unknown',
      [row('source', 'east', 'unknown')],
      east,
      ['east', 'east'],
    ],
    [
      'and leaves a stranger its own name',
      [row('destination', 'south', 'east')],
      east,
      ['south', 'east'],
    ],
  ])('names the cluster that was asked %s', (_, rows, home, expected) => {
    expect(ends(rows, home, west)).toEqual([expected]);
  });

  it('knows another cluster by its name in Istio', () => {
    expect(
      ends([row('destination', 'w-1', 'east')], east, {
        ...west,
        istioCluster: 'w-1',
      }),
    ).toEqual([['west', 'east']]);
  });

  it('tells two clusters apart that both call themselves the same, in a Prometheus each', () => {
    const rows = [row('source', 'Kubernetes', 'Kubernetes')];
    expect(ends(rows, east, west)).toEqual([['east', 'east']]);
    expect(ends(rows, west, east)).toEqual([['west', 'west']]);
  });

  it('leaves to another cluster what its own proxies report, where that answered', () => {
    const names = new ClusterNames(east, [east, west]);
    const rows = names.name([
      row('source', 'west', 'east'),
      row('destination', 'west', 'east'),
    ]);
    expect(rows.map(names.reportedHere(new Set(['east', 'west'])))).toEqual([
      false,
      true,
    ]);
    expect(rows.map(names.reportedHere(new Set(['east'])))).toEqual([
      true,
      true,
    ]);
  });
});
