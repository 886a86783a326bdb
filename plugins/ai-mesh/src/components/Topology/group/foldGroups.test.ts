import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { edge, node, traffic, unknownTraffic } from '../../../__testUtils__';
import { foldGroups } from './foldGroups';

const nodes = [
  node('own', { relation: 'own', distance: 0, namespace: 'shop' }),
  node('cart', { namespace: 'shop' }),
  node('a', { namespace: 'models' }),
  node('b', {
    namespace: 'models',
    health: { status: 'failing', message: '30% failed.' },
  }),
  node('host', { kind: 'external', namespace: undefined }),
];
const of = new Map(
  nodes.flatMap(({ id, namespace }) =>
    namespace === undefined ? [] : [[id, namespace] as const],
  ),
);
const fold = (
  edges: ReturnType<typeof edge>[],
  ...folded: string[]
): ReturnType<typeof foldGroups> =>
  foldGroups({ nodes, edges }, { of, folded: new Set(folded) });

describe('foldGroups', () => {
  it('leaves everything as it is while nothing is folded', () => {
    const edges = [edge('own', 'a')];
    expect(fold(edges)).toEqual({ nodes, edges, folded: [] });
  });

  it('draws a group as one box that is as bad as its worst', () => {
    const { nodes: left, folded } = fold([], 'models');
    expect(left.map(({ id }) => id)).toEqual(['own', 'cart', 'host']);
    expect(folded).toMatchObject([
      { id: 'group:models', name: 'models', health: 'failing' },
    ]);
    expect(folded[0].nodes.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it("never folds the entity's own services", () => {
    const { nodes: left, folded } = fold([], 'shop', 'models');
    expect(left.map(({ id }) => id)).toEqual(['own', 'host']);
    expect(folded.map(({ name }) => name)).toEqual(['shop', 'models']);
  });

  it('adds up the calls from one box to another, by their requests', () => {
    const { edges } = fold(
      [
        edge('own', 'a', { traffic: traffic(30, { errorRatio: 0.1 }) }),
        edge('own', 'b', { traffic: traffic(10, { errorRatio: 0.5 }) }),
        edge('a', 'b'),
        edge('b', 'host'),
      ],
      'models',
    );
    expect(edges.map(({ source, target }) => `${source}>${target}`)).toEqual([
      'own>group:models',
      'group:models>host',
    ]);
    const [{ traffic: sum }] = edges;
    expect(sum.requestsPerSecond).toEqual(known(40));
    expect(sum.errorRatio).toEqual(known((3 + 5) / 40));
    // Two percentiles cannot be added up.
    expect(sum.p95.status).toBe('unknown');
    // A single call stays the one that it is.
    expect(edges[1]).toMatchObject({ id: 'b>host', traffic: traffic(12) });
  });

  it('knows no sum of what is unknown', () => {
    const { edges } = fold(
      [
        edge('own', 'a'),
        edge('own', 'b', { traffic: unknownTraffic('source-unreachable') }),
      ],
      'models',
    );
    expect(edges[0].traffic.requestsPerSecond).toEqual(
      unknown('source-unreachable'),
    );
    expect(edges[0].traffic.errorRatio.status).toBe('unknown');
  });

  it('loses no service and no request, whatever calls whom and whatever is folded', () => {
    const ids = fc.constantFrom(...nodes.map(({ id }) => id));
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(ids, ids), {
          maxLength: 12,
          selector: pair => pair.join('>'),
        }),
        fc.subarray(['shop', 'models']),
        (pairs, folded) => {
          const calls = pairs.map(([source, target]) => edge(source, target));
          const graph = fold(calls, ...folded);
          const drawn = [
            ...graph.nodes,
            ...graph.folded.flatMap(({ nodes: inside }) => inside),
          ];
          expect(new Set(drawn.map(({ id }) => id))).toEqual(
            new Set(nodes.map(({ id }) => id)),
          );
          const boxes = new Set(
            [...graph.nodes, ...graph.folded].map(({ id }) => id),
          );
          for (const { source, target } of graph.edges) {
            expect(boxes.has(source) && boxes.has(target)).toBe(true);
          }
          const boxOf = new Map(
            graph.folded.flatMap(({ id, nodes: inside }) =>
              inside.map(one => [one.id, id] as const),
            ),
          );
          const inside = calls.filter(
            ({ source, target }) =>
              boxOf.has(source) && boxOf.get(source) === boxOf.get(target),
          );
          const sum = graph.edges.reduce(
            (total, { traffic: { requestsPerSecond: rate } }) =>
              total + (rate.status === 'known' ? rate.value : NaN),
            0,
          );
          expect(sum).toBeCloseTo(12 * (calls.length - inside.length));
        },
      ),
    );
  });
});
