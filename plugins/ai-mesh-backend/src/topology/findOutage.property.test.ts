import fc from 'fast-check';
import {
  brief,
  call,
  node,
  outageOf,
  type CallSpec,
} from './__testUtils__/outages';

/** Origins and suffering, by id; none where nothing is found. */
function found(...args: Parameters<typeof outageOf>) {
  const outage = outageOf(...args);
  return outage.status === 'found'
    ? {
        origins: outage.origins.map(origin => origin.node),
        suffering: outage.suffering.map(victim => victim.node),
      }
    : { origins: [], suffering: [] };
}

describe('findOutage, whatever the graph', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const spec: fc.Arbitrary<CallSpec> = fc.record(
    {
      errors: fc.constantFrom(0, 0.03, 0.2, 1),
      throttled: fc.constantFrom(0, 0.5),
      flags: fc.constantFrom<Record<string, number>>({}, { UT: 4 }, { UF: 2 }),
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
        const { origins, suffering } = found(nodes, edges, patience);
        const explained = [...origins, ...suffering];
        const failing = nodes.filter(
          ({ health }) => health.status === 'failing',
        );
        expect(new Set(explained).size).toBe(explained.length);
        expect(explained).toEqual(
          expect.arrayContaining(failing.map(({ id }) => id)),
        );
        expect(origins.length > 0).toBe(failing.length > 0);
      }),
    );
  });

  it('never calls a node an origin that a provider outside its circle fails for', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges, patience }) => {
        const { origins } = found(nodes, edges, patience);
        const innocent = edges
          .filter(
            ({ source, target, traffic: { errorRatio } }) =>
              origins.includes(source) &&
              source !== target &&
              errorRatio.status === 'known' &&
              errorRatio.value > 0.05,
          )
          .filter(({ target }) => !origins.includes(target));
        expect(innocent).toEqual([]);
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
