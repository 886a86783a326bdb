import type { Topology } from '@ai-mesh/plugin-ai-mesh-common';
import { Graph, layout } from '@dagrejs/dagre';
import { labelShape, nodeSize } from './nodeSize';

/** A place on the graph, in pixels. */
export interface Point {
  x: number;
  y: number;
}

/** Everything that the layout depends on. */
export interface Structure {
  nodes: Array<{ id: string; width: number; height: number }>;
  edges: Array<{ id: string; source: string; target: string }>;
}

/** Where everything goes. */
export interface GraphLayout {
  /** Top left corners and sizes, by node id. */
  nodes: Record<string, Point & { width: number; height: number }>;
  /** The centre of the label and the bends of the line, by edge id. */
  edges: Record<string, { label: Point; bends: Point[] }>;
  /** Pixels. */
  width: number;
  height: number;
}

/** The structure of a topology without its figures, in an order of its own: two equal ones lay out alike. */
export function structureOf(
  topology: Pick<Topology, 'nodes' | 'edges'>,
): Structure {
  const byId = (a: { id: string }, b: { id: string }) =>
    a.id < b.id ? -1 : Number(a.id > b.id);
  const known = new Set(topology.nodes.map(({ id }) => id));
  return {
    nodes: topology.nodes
      .map(node => ({ id: node.id, ...nodeSize(node) }))
      .sort(byId),
    edges: topology.edges
      .filter(({ source, target }) => known.has(source) && known.has(target))
      .map(({ id, source, target }) => ({ id, source, target }))
      .sort(byId),
  };
}

/** Lays a graph out from callers on the left to providers on the right. */
export function layoutGraph(structure: Structure): GraphLayout {
  const graph = new Graph({ multigraph: true })
    .setGraph({
      rankdir: 'LR',
      nodesep: 24,
      // Dagre gives a label a rank of its own, so this is the room on either side of it.
      ranksep: 22,
      edgesep: 16,
      marginx: 16,
      marginy: 16,
    })
    .setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of structure.nodes) {
    graph.setNode(id, { width, height });
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
  return { nodes, edges, width, height };
}
