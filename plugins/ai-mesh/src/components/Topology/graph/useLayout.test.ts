import { renderHook } from '@testing-library/react';
import { edge, node, topology } from '../../../__testUtils__';
import { structureOf } from './layoutGraph';
import { useLayout } from './useLayout';

const written = (...calls: [string, string][]) =>
  JSON.stringify(
    structureOf(
      topology({
        nodes: ['a', 'b', 'c', 'd'].map(name => node(name)),
        edges: calls.map(([from, to]) => edge(from, to)),
      }),
    ),
  );
const busy = written(['a', 'b'], ['b', 'c'], ['c', 'd']);
const quiet = written(['a', 'b'], ['b', 'c']);

it('moves nothing when a call goes and comes, until something else is chosen to be seen', () => {
  const { result, rerender } = renderHook(
    ({ structure, choice }) => useLayout(structure, choice),
    { initialProps: { structure: busy, choice: 'all' } },
  );
  const { nodes, edges } = result.current.layout!;
  rerender({ structure: quiet, choice: 'all' });
  expect(result.current.layout!.nodes).toEqual(nodes);
  expect(Object.keys(result.current.layout!.edges)).toHaveLength(2);
  rerender({ structure: busy, choice: 'all' });
  expect(result.current.layout!.nodes).toEqual(nodes);
  expect(Object.keys(result.current.layout!.edges)).toEqual(Object.keys(edges));
  rerender({ structure: quiet, choice: 'failing' });
  expect(result.current.layout!.nodes).not.toEqual(nodes);
});
