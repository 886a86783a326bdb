import {
  known,
  unknown,
  type TopologyEdge,
  type TopologyNode,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { readHealth, unknownTraffic } from '../telemetry';
import { findOutage } from './findOutage';

interface CallSpec {
  errors?: number;
  throttled?: number;
  flags?: Record<string, number>;
  p95Ms?: number;
  /** Nothing is known of it. */
  blind?: boolean;
}

function traffic({ errors = 0, ...spec }: CallSpec): Traffic {
  if (spec.blind) {
    return unknownTraffic('not-exported', 'Nothing is exported.');
  }
  return {
    ...unknownTraffic('not-exported'),
    requestsPerSecond: known(10),
    requestCount: known(3000),
    errorRatio: known(errors),
    throttledRatio: known(spec.throttled ?? 0),
    p95:
      spec.p95Ms === undefined
        ? unknown('not-exported')
        : known({
            valueMs: spec.p95Ms,
            lowerBoundMs: 1000,
            upperBoundMs: 60_000,
          }),
    responseFlags: spec.flags ?? {},
  };
}

function call(path: string, spec: CallSpec = {}): TopologyEdge {
  const [source, target] = path.split('>');
  return {
    id: path,
    source,
    target,
    protocol: 'http',
    reporter: 'source',
    traffic: traffic(spec),
    encryption: unknown('not-exported'),
    versions: {},
  };
}

function node(
  id: string,
  spec: CallSpec = {},
  more: Partial<TopologyNode> = {},
): TopologyNode {
  return {
    id,
    kind: 'service',
    cluster: 'c',
    namespace: 'ai',
    name: id,
    relation: 'own',
    distance: 0,
    proxy: 'sidecar',
    traffic: traffic(spec),
    endpoints: unknown('not-configured'),
    versions: [],
    breaker: {
      status: 'not-configured',
      evidence: 'none',
      ejectedHosts: unknown('not-configured'),
      overflowPerSecond: unknown('not-configured'),
    },
    badges: [],
    health: readHealth(traffic(spec)),
    ...more,
  };
}

function outageOf(
  nodes: TopologyNode[],
  edges: TopologyEdge[],
  patience: Record<string, number> = {},
) {
  return findOutage(nodes, edges, new Map(Object.entries(patience)));
}

/** Origins and suffering, by id. */
function brief(...args: Parameters<typeof outageOf>) {
  const outage = outageOf(...args);
  return outage.status === 'found'
    ? {
        origins: outage.origins.map(origin => origin.node),
        suffering: outage.suffering.map(victim => victim.node),
      }
    : outage.status;
}

describe('findOutage', () => {
  it('finds nothing where nothing fails', () => {
    expect(brief([node('a'), node('b')], [call('a>b')])).toBe('none');
  });

  it('does not know where nothing is known of the entity', () => {
    expect(
      outageOf(
        [node('a', { blind: true }), node('b', {}, { relation: 'provider' })],
        [],
      ),
    ).toEqual({ status: 'unknown', message: 'Nothing is exported.' });
    expect(brief([], [])).toBe('unknown');
  });

  it('finds the deepest failing node, and who suffers from it, nearest first', () => {
    const outage = outageOf(
      [
        node('gateway', { errors: 0.3 }, { relation: 'caller', distance: 1 }),
        node('chat', { errors: 0.4 }),
        node('llm', { errors: 0.5 }, { relation: 'provider', distance: 1 }),
        node('vectors', {}, { relation: 'provider', distance: 1 }),
      ],
      [
        call('gateway>chat', { errors: 0.4 }),
        call('chat>llm', { errors: 0.5, flags: { UF: 4 } }),
        call('chat>vectors'),
      ],
    );
    expect(outage).toEqual({
      status: 'found',
      origins: [{ node: 'llm', reason: '50 % of 3000 requests failed.' }],
      suffering: [
        {
          node: 'chat',
          because: 'llm: 50 % of 3000 requests failed (UF: 40 %).',
        },
        { node: 'gateway', because: 'chat: 40 % of 3000 requests failed.' },
      ],
      message: 'It starts at llm; chat and gateway only suffer from it.',
    });
  });

  it.each<[string, Parameters<typeof outageOf>, unknown]>([
    [
      'a node that fails by itself',
      [[node('a', { errors: 0.5 }), node('b')], [call('a>b')]],
      { origins: ['a'], suffering: [] },
    ],
    [
      'several origins, the deepest first',
      [
        [
          node('a', { errors: 0.5 }),
          node('b', { errors: 0.5 }, { relation: 'provider', distance: 1 }),
          node('c', { errors: 0.5 }, { relation: 'provider', distance: 2 }),
          node('d', {}, { relation: 'provider', distance: 1 }),
        ],
        [
          call('a>b', { errors: 0.5 }),
          call('a>d'),
          call('d>c', { errors: 0.5 }),
        ],
      ],
      { origins: ['c', 'b'], suffering: ['a'] },
    ],
    [
      'a provider that fails only this caller',
      [
        [node('a', { errors: 0.5 }), node('b', { errors: 0.01 })],
        [call('a>b', { errors: 0.5 }), call('x>b')],
      ],
      { origins: ['b'], suffering: ['a'] },
    ],
    [
      'a provider that fails, but not for this caller',
      [
        [node('a', { errors: 0.5 }), node('b', { errors: 0.5 })],
        [call('a>b', { errors: 0 })],
      ],
      { origins: ['a', 'b'], suffering: [] },
    ],
    [
      'a circle, together',
      [
        [
          node('a', { errors: 0.5 }),
          node('b', { errors: 0.5 }),
          node('c', { errors: 0.5 }),
        ],
        [
          call('a>b', { errors: 0.5 }),
          call('b>a', { errors: 0.5 }),
          call('c>a', { errors: 0.5 }),
        ],
      ],
      { origins: ['a', 'b'], suffering: ['c'] },
    ],
    [
      'a provider behind a circle',
      [
        [
          node('a', { errors: 0.5 }),
          node('b', { errors: 0.5 }),
          node('c', { errors: 0.5 }),
        ],
        [
          call('a>b', { errors: 0.5 }),
          call('b>a', { errors: 0.5 }),
          call('b>c', { errors: 0.5 }),
        ],
      ],
      { origins: ['c'], suffering: ['b', 'a'] },
    ],
    [
      'a node that calls itself',
      [[node('a', { errors: 0.5 })], [call('a>a', { errors: 0.5 })]],
      { origins: ['a'], suffering: [] },
    ],
    [
      'what fails behind a node that nothing is known of',
      [
        [
          node('a', { errors: 0.5 }),
          node('b', { blind: true }),
          node('c', { errors: 0.5 }),
        ],
        [call('a>b', { blind: true }), call('b>c', { errors: 0.5 })],
      ],
      { origins: ['c'], suffering: ['a'] },
    ],
    [
      'a failing node whose calls nothing is known of',
      [
        [node('a', { errors: 0.5 }), node('b', { errors: 0.5 })],
        [call('a>b', { blind: true })],
      ],
      { origins: ['b'], suffering: ['a'] },
    ],
    [
      'nobody behind a circle of unknown calls',
      [
        [node('a', { errors: 0.5 }), node('b', { blind: true })],
        [call('a>b', { blind: true }), call('b>a', { blind: true })],
      ],
      { origins: ['a'], suffering: [] },
    ],
    [
      'a provider that throttles as much as the node fails',
      [
        [node('a', { errors: 0.5 }), node('b', { throttled: 0.6 })],
        [call('a>b', { throttled: 0.6 })],
      ],
      { origins: ['b'], suffering: ['a'] },
    ],
    [
      'no provider that throttles only a little',
      [
        [node('a', { errors: 0.5 }), node('b', { throttled: 0.1 })],
        [call('a>b', { throttled: 0.1 })],
      ],
      { origins: ['a'], suffering: [] },
    ],
  ])('finds %s', (_, [nodes, edges, patience], expected) => {
    expect(brief(nodes, edges, patience)).toEqual(expected);
  });

  describe('with slow providers', () => {
    it('blames a provider that is given up on although it reports no errors', () => {
      const outage = outageOf(
        [
          node('gateway', { errors: 0.3 }, { relation: 'caller', distance: 1 }),
          node('chat', { errors: 0 }),
        ],
        [call('gateway>chat', { errors: 0.3, flags: { UT: 3 } })],
      );
      expect(outage).toMatchObject({
        origins: [
          {
            node: 'chat',
            reason: '30 % of 3000 requests were given up while waiting.',
          },
        ],
        suffering: [{ node: 'gateway' }],
      });
    });

    it('follows slowness to a provider that takes longer than the first caller waits', () => {
      const outage = outageOf(
        [
          node('gateway', { errors: 0.3 }),
          node('chat', { errors: 0.3 }),
          node('llm', { errors: 0 }),
          node('openai', { errors: 0 }, { kind: 'external', proxy: 'none' }),
          node('vectors', { errors: 0 }),
        ],
        [
          call('gateway>chat', { errors: 0.3, flags: { UT: 3 } }),
          call('chat>llm', { p95Ms: 42_000 }),
          call('chat>vectors', { p95Ms: 40 }),
          call('llm>openai', { p95Ms: 41_000 }),
        ],
        { chat: 25_000 },
      );
      expect(outage).toMatchObject({
        origins: [
          {
            node: 'openai',
            reason:
              'It takes 41 s (p95) where its callers wait for 25 s. It is outside the mesh.',
          },
        ],
        suffering: [{ node: 'llm' }, { node: 'chat' }, { node: 'gateway' }],
      });
    });

    it('does not call a provider slow that is within the time its callers wait', () => {
      expect(
        brief(
          [node('a', { errors: 0.5 }), node('b')],
          [call('a>b', { p95Ms: 12_000 })],
          { a: 25_000, b: 60_000 },
        ),
      ).toEqual({ origins: ['a'], suffering: [] });
    });
  });

  it('says that it cannot look behind a node without a proxy', () => {
    expect(
      outageOf([node('a', { errors: 0.5 }, { proxy: 'none' })], []),
    ).toMatchObject({
      origins: [{ reason: expect.stringContaining('it has no proxy') }],
    });
  });

  it('says that a circle cannot be told apart', () => {
    expect(
      outageOf(
        [node('a', { errors: 0.5 }), node('b', { errors: 0.5 })],
        [call('a>b', { errors: 0.5 }), call('b>a', { errors: 0.5 })],
      ),
    ).toMatchObject({
      message: 'It starts at a and b.',
      origins: [
        { reason: expect.stringContaining('It and b fail for each other') },
        { reason: expect.stringContaining('It and a fail for each other') },
      ],
    });
  });

  describe('whatever the graph', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const spec: fc.Arbitrary<CallSpec> = fc.record(
      {
        errors: fc.constantFrom(0, 0.03, 0.2, 1),
        throttled: fc.constantFrom(0, 0.5),
        flags: fc.constantFrom<Record<string, number>>(
          {},
          { UT: 4 },
          { UF: 2 },
        ),
        p95Ms: fc.constantFrom(50, 20_000, 90_000),
        blind: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const graph = fc.record({
      nodes: fc.tuple(...ids.map(id => spec.map(one => node(id, one)))),
      edges: fc.uniqueArray(
        fc
          .tuple(fc.constantFrom(...ids), fc.constantFrom(...ids), spec)
          .map(([source, target, one]) => call(`${source}>${target}`, one)),
        { selector: ({ id }) => id, maxLength: 15 },
      ),
      patience: fc.dictionary(
        fc.constantFrom(...ids),
        fc.constantFrom(10_000, 60_000),
      ),
    });

    it('explains every failing node exactly once', () => {
      fc.assert(
        fc.property(graph, ({ nodes, edges, patience }) => {
          const outage = outageOf(nodes, edges, patience);
          const failing = nodes.filter(
            ({ health }) => health.status === 'failing',
          );
          expect(outage.status === 'found').toBe(failing.length > 0);
          if (outage.status === 'found') {
            const explained = [
              ...outage.origins.map(origin => origin.node),
              ...outage.suffering.map(victim => victim.node),
            ];
            expect(new Set(explained).size).toBe(explained.length);
            expect(explained).toEqual(
              expect.arrayContaining(failing.map(({ id }) => id)),
            );
            expect(outage.origins).not.toEqual([]);
          }
        }),
      );
    });

    it('never calls a node an origin that a provider outside its circle fails for', () => {
      fc.assert(
        fc.property(graph, ({ nodes, edges, patience }) => {
          const outage = outageOf(nodes, edges, patience);
          const origins = new Set(
            outage.status === 'found'
              ? outage.origins.map(origin => origin.node)
              : [],
          );
          for (const { source, target, traffic: measured } of edges) {
            const fails =
              measured.errorRatio.status === 'known' &&
              measured.errorRatio.value > 0.05;
            if (origins.has(source) && fails && source !== target) {
              expect(origins).toContain(target);
            }
          }
        }),
      );
    });

    it('does not depend on the order of nodes and edges', () => {
      fc.assert(
        fc.property(graph, ({ nodes, edges, patience }) => {
          const there = brief(nodes, edges, patience);
          const back = brief(
            [...nodes].reverse(),
            [...edges].reverse(),
            patience,
          );
          expect(back).toEqual(there);
        }),
        { numRuns: 500 },
      );
    });
  });
});
