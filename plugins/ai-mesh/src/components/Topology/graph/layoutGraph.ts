import { Graph as Drawing, layout } from '@dagrejs/dagre';
import type { FoldedGraph } from '../group/foldGroups';
import { foldedShape, labelShape, nodeSize } from './nodeSize';

/** A place on the graph, in pixels. */
export interface Point {
  x: number;
  y: number;
}

/** Everything that the layout depends on. */
export interface Structure {
  /** `group`: the name of that which it stands in. */
  nodes: Array<{ id: string; width: number; height: number; group?: string }>;
  edges: Array<{ id: string; source: string; target: string }>;
}

/** Where everything goes. */
export interface GraphLayout {
  /** Top left corners and sizes, by node id. */
  nodes: Record<string, Point & { width: number; height: number }>;
  /** The centre of the label and the bends of the line, by edge id. */
  edges: Record<string, { label: Point; bends: Point[] }>;
  /** The frames around groups, by their names; absent where there are none. */
  groups?: Record<string, Point & { width: number; height: number }>;
  /** Pixels. */
  width: number;
  height: number;
}

/** The structure of a topology without its figures, in an order of its own: two equal ones lay out alike. */
export function structureOf(
  topology: Pick<FoldedGraph, 'nodes' | 'edges'> & Partial<FoldedGraph>,
  groupOf: ReadonlyMap<string, string> = new Map(),
): Structure {
  const byId = (a: { id: string }, b: { id: string }) =>
    a.id < b.id ? -1 : Number(a.id > b.id);
  const folded = topology.folded ?? [];
  const known = new Set([...topology.nodes, ...folded].map(({ id }) => id));
  return {
    nodes: [
      ...topology.nodes.map(node => {
        const group = groupOf.get(node.id);
        return {
          id: node.id,
          ...nodeSize(node),
          ...(group !== undefined && { group }),
        };
      }),
      ...folded.map(({ id }) => ({ id, ...foldedShape })),
    ].sort(byId),
    edges: topology.edges
      .filter(({ source, target }) => known.has(source) && known.has(target))
      .map(({ id, source, target }) => ({ id, source, target }))
      .sort(byId),
  };
}

/** Pixels around what a frame holds, and above it. */
const FRAME_PADDING = 8;
const FRAME_TITLE = 26;

/** No node is called so. */
const frameId = (name: string) => `frame ${name}`;

/** Lays a graph out from callers on the left to providers on the right. */
export function layoutGraph(structure: Structure): GraphLayout {
  const names = new Set(structure.nodes.flatMap(({ group }) => group ?? []));
  const graph = new Drawing({ multigraph: true, compound: names.size > 0 })
    .setGraph({
      rankdir: 'LR',
      // A frame's title stands above what it holds.
      nodesep: names.size > 0 ? 24 + FRAME_TITLE : 24,
      // Dagre gives a label a rank of its own, so this is the room on either side of it.
      ranksep: 22,
      edgesep: 16,
      marginx: 16,
      marginy: 16,
    })
    .setDefaultEdgeLabel(() => ({}));
  for (const name of names) {
    graph.setNode(frameId(name), {});
  }
  for (const { id, width, height, group } of structure.nodes) {
    graph.setNode(id, { width, height });
    if (group !== undefined) {
      graph.setParent(id, frameId(group));
    }
  }
  for (const { id, source, target } of structure.edges) {
    graph.setEdge(source, target, { ...labelShape, labelpos: 'c' }, id);
  }
  layout(graph);

  const nodes: GraphLayout['nodes'] = {};
  for (const { id, width, height } of structure.nodes) {
    const { x, y } = graph.node(id);
    nodes[id] = { x: x - width / 2, y: y - height / 2, width, height };
  }
  const edges: GraphLayout['edges'] = {};
  for (const { id, source, target } of structure.edges) {
    const { x, y, points } = graph.edge({ v: source, w: target, name: id });
    edges[id] = { label: { x, y }, bends: points.slice(1, -1) };
  }
  const { width = 0, height = 0 } = graph.graph();
  const groups = framesOf(structure.nodes, nodes);
  return { nodes, edges, ...(groups && { groups }), width, height };
}

/** Each frame as tight around its services as its title lets it. */
export function framesOf(
  framed: Structure['nodes'],
  boxes: GraphLayout['nodes'],
): GraphLayout['groups'] {
  const members = new Map<string, GraphLayout['nodes'][string][]>();
  for (const { id, group } of framed) {
    if (group !== undefined) {
      members.set(group, [...(members.get(group) ?? []), boxes[id]]);
    }
  }
  if (members.size === 0) {
    return undefined;
  }
  return Object.fromEntries(
    [...members].map(([name, inside]) => {
      const x = Math.min(...inside.map(box => box.x)) - FRAME_PADDING;
      const y = Math.min(...inside.map(box => box.y)) - FRAME_TITLE;
      return [
        name,
        {
          x,
          y,
          width:
            Math.max(...inside.map(box => box.x + box.width)) +
            FRAME_PADDING -
            x,
          height:
            Math.max(...inside.map(box => box.y + box.height)) +
            FRAME_PADDING -
            y,
        },
      ];
    }),
  );
}
