import { edge, node, topology } from '../../../__testUtils__';
import { edgePath } from './edgePath';
import { keepPlaces } from './keepPlaces';
import { layoutGraph, structureOf } from './layoutGraph';

const names = ['web', 'chat', 'llm', 'cache'];
const calls = [edge('web', 'chat'), edge('chat', 'llm'), edge('chat', 'cache')];
const structureWith = (
  nodes: readonly string[],
  edges: readonly ReturnType<typeof edge>[],
  groupOf = new Map<string, string>(),
) =>
  structureOf(
    topology({ nodes: nodes.map(name => node(name)), edges: [...edges] }),
    groupOf,
  );
const before = layoutGraph(structureWith(names, calls));

describe('keepPlaces', () => {
  it('moves nothing where nothing has changed', () => {
    expect(keepPlaces(before, structureWith(names, calls))).toEqual(before);
  });

  it('leaves out a call and a service that are gone, and moves nobody else', () => {
    const after = keepPlaces(
      before,
      structureWith(['web', 'chat', 'llm'], calls.slice(0, 2)),
    )!;
    const { cache, ...rest } = before.nodes;
    expect(cache).toBeDefined();
    expect(after.nodes).toEqual(rest);
    expect(after.edges).toEqual({
      [calls[0].id]: before.edges[calls[0].id],
      [calls[1].id]: before.edges[calls[1].id],
    });
  });

  it('draws a call that has come straight, its label halfway', () => {
    const come = edge('web', 'llm');
    const after = keepPlaces(before, structureWith(names, [...calls, come]))!;
    expect(after.nodes).toEqual(before.nodes);
    const { web, llm } = before.nodes;
    expect(after.edges[come.id]).toEqual({
      bends: [],
      label: {
        x: (web.x + llm.x + web.width / 2 + llm.width / 2) / 2,
        y: (web.y + llm.y + web.height / 2 + llm.height / 2) / 2,
      },
    });
    expect(edgePath(after, come)).toMatch(/^M [\d.]+ [\d.]+ C [\d. ]+$/);
  });

  it('draws frames around what is left', () => {
    const groupOf = new Map(names.map(name => [name, 'ai']));
    const framed = layoutGraph(structureWith(names, calls, groupOf));
    const [, ...others] = names;
    const after = keepPlaces(
      framed,
      structureWith(others, calls.slice(1), groupOf),
    )!;
    expect(after.groups!.ai.x).toBeGreaterThan(framed.groups!.ai.x);
  });

  it('has no place for a service that has come, or has grown', () => {
    expect(
      keepPlaces(before, structureWith([...names, 'billing'], calls)),
    ).toBeUndefined();
    const grown = structureWith(names, calls);
    grown.nodes[0].height += 20;
    expect(keepPlaces(before, grown)).toBeUndefined();
  });
});
