import { inEnglish } from '@ai-mesh/plugin-ai-mesh-common';
import { chooseReporters, untoldCallers } from './chooseReporters';
import type { RateRow } from './RateRow';

function row(
  reporter: string,
  source: string,
  destination: string,
  rate: number,
): RateRow {
  return {
    labels: {
      reporter,
      source_workload: source,
      source_workload_namespace: 'ai',
      destination_service_name: destination,
      destination_service_namespace: 'ai',
    },
    rate,
  };
}

describe('chooseReporters', () => {
  it.each([
    ['both proxies', ['source', 'destination'], 'source'],
    ['a caller without a proxy', ['destination'], 'destination'],
    ['a called side without a proxy', ['source'], 'source'],
    ['a waypoint alone', ['waypoint'], 'waypoint'],
    ['a waypoint before a proxy', ['destination', 'waypoint'], 'waypoint'],
    ['a calling proxy through a waypoint', ['waypoint', 'source'], 'source'],
  ])('with %s counts one report', (_, reporters, expected) => {
    const rows = reporters.map(reporter => row(reporter, 'a', 'b', 1));
    const choice = chooseReporters(rows);
    expect(choice.pick(rows)).toEqual([row(expected, 'a', 'b', 1)]);
    expect(choice.of(rows[0])).toBe(expected);
  });

  it('chooses edge by edge', () => {
    const rows = [
      row('source', 'a', 'c', 1),
      row('destination', 'a', 'c', 1),
      row('destination', 'unknown', 'c', 2),
    ];
    expect(chooseReporters(rows).pick(rows)).toEqual([rows[0], rows[2]]);
  });

  describe('with callers in several clusters', () => {
    const from = (cluster: string | undefined, one: RateRow): RateRow => ({
      ...one,
      labels: { ...one.labels, ...(cluster && { source_cluster: cluster }) },
    });

    it('chooses for each: the other proxies report into a Prometheus of their own', () => {
      const rows = [
        from('east', row('source', 'a', 'b', 1)),
        from('east', row('destination', 'a', 'b', 1)),
        from('west', row('destination', 'a', 'b', 3)),
      ];
      expect(chooseReporters(rows).pick(rows)).toEqual([rows[0], rows[2]]);
    });

    it('takes nameless reports for those of the only cluster that reports', () => {
      const rows = [
        row('destination', 'a', 'b', 1),
        from('unknown', row('waypoint', 'a', 'b', 1)),
        from('east', row('source', 'a', 'b', 1)),
      ];
      expect(chooseReporters(rows).pick(rows)).toEqual([rows[2]]);
    });

    it('takes them for those of the cluster that was asked where several report', () => {
      const rows = [
        row('destination', 'a', 'b', 1),
        from('east', row('source', 'a', 'b', 1)),
        from('west', row('source', 'a', 'b', 2)),
      ];
      expect(chooseReporters(rows, 'east').pick(rows)).toEqual([
        rows[1],
        rows[2],
      ]);
    });
  });

  describe('with TCP beside the requests', () => {
    it.each([
      ['a waypoint read', 'waypoint', ['source', 'destination'], []],
      ['a sidecar sent', 'source', ['destination'], []],
      ['a sidecar got', 'destination', ['source'], []],
      ['a sidecar sent', 'source', ['source', 'destination'], ['source']],
    ] as const)(
      'counts none twice that %s as requests',
      (_, reader, reporters, expected) => {
        const choice = chooseReporters([row(reader, 'a', 'b', 1)]);
        const tcp = reporters.map(one => row(one, 'a', 'b', 9));
        expect(
          choice.besideRequests(tcp).map(({ labels }) => labels.reporter),
        ).toEqual(expected);
      },
    );

    it('counts what nobody read as requests, now or at all', () => {
      const choice = chooseReporters([row('waypoint', 'a', 'b', 0)]);
      const tcp = [row('source', 'a', 'b', 1), row('source', 'a', 'c', 1)];
      expect(choice.besideRequests(tcp)).toEqual(tcp);
    });
  });

  it('passes over a reporter whose series only linger', () => {
    const rows = [row('source', 'a', 'b', 0), row('destination', 'a', 'b', 3)];
    expect(chooseReporters(rows).pick(rows)).toEqual([rows[1]]);
  });

  it('keeps the best reporter when nobody saw anything', () => {
    const rows = [row('destination', 'a', 'b', 0), row('source', 'a', 'b', 0)];
    expect(chooseReporters(rows).pick(rows)).toEqual([rows[1]]);
  });

  it('does not hide a NaN behind another reporter', () => {
    const rows = [
      row('source', 'a', 'b', NaN),
      row('destination', 'a', 'b', 1),
    ];
    expect(chooseReporters(rows).pick(rows)).toEqual([rows[0]]);
  });

  it('picks the buckets of the chosen reporter', () => {
    const choice = chooseReporters([row('source', 'a', 'b', 1)]);
    const buckets = [
      row('source', 'a', 'b', 1),
      row('destination', 'a', 'b', 1),
      row('source', 'x', 'b', 1),
    ];
    expect(choice.pick(buckets)).toEqual([buckets[0]]);
  });
});

describe('untoldCallers', () => {
  const without = (label: string, { labels, rate }: RateRow): RateRow => {
    const { [label]: _, ...rest } = labels;
    return { labels: rest, rate };
  };
  const sent = row('source', 'a', 'b', 1);
  const got = row('destination', 'a', 'b', 3);

  it.each<[string, RateRow[], string | undefined]>([
    ['all are named', [sent, got], undefined],
    [
      'nobody is known to have called',
      [row('destination', 'unknown', 'b', 1), sent],
      undefined,
    ],
    [
      'no report names them',
      [without('source_workload', sent), without('source_workload', got)],
      'source_workload',
    ],
    [
      'the called side names none',
      [sent, without('source_workload', got)],
      'source_workload',
    ],
    [
      'their namespaces are missing',
      [sent, without('source_workload_namespace', got)],
      'source_workload_namespace',
    ],
    [
      'one side alone reports, each request once',
      [without('source_workload', got)],
      undefined,
    ],
    [
      'what names none only lingers',
      [sent, without('source_workload', { ...got, rate: 0 })],
      undefined,
    ],
  ])('where %s', (_, rows, label) => {
    const [, named] =
      /lack the label (\w+):/.exec(
        inEnglish([untoldCallers(rows) ?? []].flat()),
      ) ?? [];
    expect(named).toBe(label);
  });
});
