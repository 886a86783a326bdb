import { edge, node, outage, topology } from '../../../__testUtils__';
import { edgePath } from './edgePath';
import { layoutGraph, structureOf } from './layoutGraph';
import { Direction, neighbourOf } from './neighbour';

const layout = layoutGraph(structureOf(topology()));

describe('structureOf', () => {
  it('does not depend on figures, health or order, so a refresh moves nothing', () => {
    const shuffled = {
      ...outage(),
      nodes: outage().nodes.reverse(),
      edges: outage().edges.reverse(),
    };
    expect(structureOf(shuffled)).toEqual(structureOf(topology()));
  });

  it('leaves out a call whose end is not in the answer', () => {
    const { edges } = structureOf(
      topology({ nodes: [node('a')], edges: [edge('a', 'gone')] }),
    );
    expect(edges).toEqual([]);
  });
});

describe('layoutGraph', () => {
  it('puts callers on the left of whom they call', () => {
    for (const { source, target } of topology().edges) {
      expect(layout.nodes[source].x + layout.nodes[source].width).toBeLessThan(
        layout.nodes[target].x,
      );
    }
  });

  it('lets no two boxes overlap', () => {
    const boxes = Object.values(layout.nodes);
    boxes.forEach((a, index) =>
      boxes.slice(index + 1).forEach(b => {
        const apart =
          a.x + a.width <= b.x ||
          b.x + b.width <= a.x ||
          a.y + a.height <= b.y ||
          b.y + b.height <= a.y;
        expect(apart).toBe(true);
      }),
    );
  });

  it.each([
    ['two who call each other', [edge('a', 'b'), edge('b', 'a')]],
    ['one who calls itself', [edge('a', 'a'), edge('a', 'b')]],
    [
      'two protocols between the same two',
      [edge('a', 'b'), edge('a', 'b', { id: 'tcp', protocol: 'tcp' })],
    ],
  ])('draws a line of its own for every call of %s', (_, edges) => {
    const structure = structureOf(
      topology({ nodes: [node('a'), node('b')], edges }),
    );
    const drawn = layoutGraph(structure);
    const lines = structure.edges.map(one => edgePath(drawn, one));
    expect(new Set(lines).size).toBe(edges.length);
    for (const line of lines) {
      expect(line).toMatch(/^M [\d.-]+ [\d.-]+( C( [\d.-]+){6})+$/);
    }
  });
});

describe('neighbourOf', () => {
  const visible = {
    nodes: topology().nodes.map(({ id }) => id),
    edges: topology().edges,
  };

  it.each<[string, Direction, Array<string | undefined>]>([
    ['ai-chat-service', 'right', ['vector-store', 'llm-gateway-service']],
    ['ai-chat-service', 'left', ['ai-orchestrator', 'nightly-report']],
    ['ai-orchestrator', 'right', ['ai-chat-service']],
    ['api-gateway', 'left', [undefined]],
    ['api.openai.example', 'right', [undefined]],
    ['ai-chat-service', 'up', [undefined]],
  ])('from %s the way %s leads to one of %j', (from, direction, to) => {
    expect(to).toContain(neighbourOf(from, direction, layout, visible));
  });

  it('goes down and up again within a column', () => {
    const column = ['ai-orchestrator', 'nightly-report'].sort(
      (a, b) => layout.nodes[a].y - layout.nodes[b].y,
    );
    expect(neighbourOf(column[0], 'down', layout, visible)).toBe(column[1]);
    expect(neighbourOf(column[1], 'up', layout, visible)).toBe(column[0]);
  });

  it('does not lead to what is hidden', () => {
    expect(
      neighbourOf('ai-chat-service', 'right', layout, {
        nodes: visible.nodes,
        edges: visible.edges.filter(({ target }) => target === 'vector-store'),
      }),
    ).toBe('vector-store');
  });
});
