import {
  known,
  type Topology,
  type TopologyEdge,
  type Traffic,
  unknown,
} from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import {
  edge,
  node,
  topology,
  traffic,
  unknownTraffic,
} from '../../../__testUtils__';
import { type CallChange, compareTopologies } from './compareTopologies';

const of = (
  edges: TopologyEdge[],
  change: Partial<Topology> = {},
): Topology => ({
  ...topology(),
  nodes: [node('a'), node('b'), node('c')],
  edges,
  ...change,
});

const call = (figures: Traffic, change: Partial<TopologyEdge> = {}) =>
  edge('a', 'b', { traffic: figures, ...change });

const compared = (then: Traffic, now: Traffic): CallChange => {
  const { calls } = compareTopologies(of([call(then)]), of([call(now)]));
  return calls.get('a>b')!;
};

const quiet = unknownTraffic('source-unreachable');

describe('compareTopologies', () => {
  it.each<[string, Traffic, Traffic, Partial<Record<string, string>>]>([
    [
      'the same figures',
      traffic(10, { errorRatio: 0.01, p95Ms: 900 }),
      traffic(10, { errorRatio: 0.01, p95Ms: 900 }),
      { turn: 'same', errors: 'same', p95: 'same', rate: 'same' },
    ],
    [
      'errors from 0.4 to 5% of thousands',
      traffic(10, { errorRatio: 0.004 }),
      traffic(10, { errorRatio: 0.05 }),
      { turn: 'worse', errors: 'more' },
    ],
    [
      'errors from 0 to 10% of ten requests, which chance explains',
      traffic(10 / 300, { errorRatio: 0 }),
      traffic(10 / 300, { errorRatio: 0.1 }),
      { turn: 'same', errors: 'same' },
    ],
    [
      'errors that differ by half a point of very many',
      traffic(10_000, { errorRatio: 0.005 }),
      traffic(10_000, { errorRatio: 0.01 }),
      { turn: 'same', errors: 'same' },
    ],
    [
      'errors that are over',
      traffic(10, { errorRatio: 0.3 }),
      traffic(10, { errorRatio: 0 }),
      { turn: 'better', errors: 'less' },
    ],
    [
      'a p95 from 4.5 to 27 s',
      traffic(10, { p95Ms: 4500 }),
      traffic(10, { p95Ms: 27_000 }),
      { turn: 'worse', p95: 'more', errors: 'same' },
    ],
    [
      'a p95 of 2 instead of 5 ms, which nobody notices',
      traffic(10, { p95Ms: 5 }),
      traffic(10, { p95Ms: 2 }),
      { turn: 'same', p95: 'same' },
    ],
    [
      'fewer errors, but slower',
      traffic(10, { errorRatio: 0.2, p95Ms: 900 }),
      traffic(10, { errorRatio: 0, p95Ms: 9000 }),
      { turn: 'worse', errors: 'less', p95: 'more' },
    ],
    [
      'eight times the requests',
      traffic(5),
      traffic(40),
      { turn: 'moved', rate: 'more' },
    ],
    [
      'three requests instead of one',
      traffic(1 / 300),
      traffic(3 / 300),
      { turn: 'same', rate: 'same' },
    ],
    [
      'a moment of which nothing is known',
      quiet,
      traffic(10, { errorRatio: 1 }),
      { turn: 'unknown', errors: 'unknown', p95: 'unknown', rate: 'unknown' },
    ],
  ])('tells %s', (_, then, now, expected) => {
    const change = compared(then, now);
    const { turn, errors, p95, rate } = change;
    expect({
      turn,
      errors: errors.direction,
      p95: p95.direction,
      rate: rate.direction,
    }).toMatchObject(expected);
    expect(change.size > 0).toBe(!['same', 'unknown'].includes(turn));
  });

  it('never takes connections for requests, and keeps connections what they are in a call that is gone', () => {
    const connections = (perSecond: number) =>
      call(unknownTraffic('not-exported'), {
        protocol: 'tcp',
        tcp: {
          connectionsOpenedPerSecond: known(perSecond),
          sentBytesPerSecond: known(0),
          receivedBytesPerSecond: known(0),
        },
      });
    const rateOf = (then: TopologyEdge[], now: TopologyEdge[]) =>
      compareTopologies(of(then), of(now)).calls.get('a>b')!.rate;
    expect(rateOf([connections(1)], [connections(9)])).toMatchObject({
      of: 'connections',
      direction: 'more',
    });
    expect(rateOf([connections(1)], [call(traffic(200))])).toMatchObject({
      of: 'requests',
      then: unknown('not-exported'),
      direction: 'unknown',
    });
    expect(rateOf([connections(1)], [])).toMatchObject({
      of: 'connections',
      then: known(1),
      now: unknown('no-traffic'),
    });
  });

  it('does not tell two percentiles of one bucket apart', () => {
    const bucket = (valueMs: number): Traffic => ({
      ...traffic(10),
      p95: known({ valueMs, lowerBoundMs: 5000, upperBoundMs: 10_000 }),
    });
    expect(compared(bucket(5100), bucket(9900)).p95.direction).toBe('same');
  });

  it('puts what changed most first, also a call that is new or gone', () => {
    const { calls, topology: union } = compareTopologies(
      of([call(traffic(10)), edge('a', 'c'), edge('c', 'b')]),
      of([
        call(traffic(10, { errorRatio: 0.9 })),
        edge('a', 'c'),
        edge('b', 'c'),
      ]),
    );
    expect([...calls].map(([id, { turn }]) => [id, turn])).toEqual([
      ['a>b', 'worse'],
      ['b>c', 'new'],
      ['c>b', 'gone'],
      ['a>c', 'same'],
    ]);
    expect(union.edges.map(({ id }) => id)).toEqual([...calls.keys()]);
    // What is gone has no figures of now.
    expect(calls.get('c>b')!.edge.traffic.requestsPerSecond).toEqual(
      unknown('no-traffic'),
    );
  });

  it('of two moments without a common call has all of them as gone and new', () => {
    const { calls, topology: union } = compareTopologies(
      of([edge('a', 'b')]),
      of([edge('b', 'c')]),
    );
    expect(
      [...calls.values()].map(({ edge: { id }, turn }) => [id, turn]),
    ).toEqual(
      expect.arrayContaining([
        ['a>b', 'gone'],
        ['b>c', 'new'],
      ]),
    );
    expect(union.edges).toHaveLength(2);
  });

  it('calls nothing new or gone where one moment lacks the measurements', () => {
    const { calls, lacking } = compareTopologies(
      of([], {
        sources: [
          {
            name: 'prometheus',
            cluster: 'production',
            status: 'unreachable',
            message: 'It did not answer.',
          },
        ],
      }),
      of([call(traffic(10))]),
    );
    expect(calls.get('a>b')).toMatchObject({ turn: 'unknown', size: 0 });
    expect(lacking).toHaveLength(1);
  });

  it('keeps a service that is gone, without figures', () => {
    const { topology: union } = compareTopologies(
      of([], { nodes: [node('a'), node('old')] }),
      of([], { nodes: [node('a')] }),
    );
    expect(union.nodes.map(({ name }) => name)).toEqual(['a', 'old']);
    expect(union.nodes[1]).toMatchObject({
      health: { status: 'unknown' },
      traffic: { requestsPerSecond: unknown('no-traffic') },
    });
  });

  it('is turned round by turning the moments round', () => {
    const figures = fc
      .record({
        rate: fc.double({ min: 0.01, max: 1000, noNaN: true }),
        errorRatio: fc.double({ min: 0, max: 1, noNaN: true }),
        p95Ms: fc.double({ min: 1, max: 60_000, noNaN: true }),
      })
      .map(({ rate, ...rest }) => traffic(rate, rest));
    const opposite = {
      more: 'less',
      less: 'more',
      same: 'same',
      unknown: 'unknown',
    };
    fc.assert(
      fc.property(figures, figures, (a, b) => {
        const [forth, back] = [compared(a, b), compared(b, a)];
        for (const kind of ['errors', 'p95', 'rate'] as const) {
          expect(back[kind].direction).toBe(opposite[forth[kind].direction]);
          expect(back[kind].size).toBeCloseTo(forth[kind].size, 6);
        }
        expect(compared(a, a).turn).toBe('same');
      }),
    );
  });
});
