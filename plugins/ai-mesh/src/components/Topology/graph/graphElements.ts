import type {
  Topology,
  TopologyEdge,
  TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Edge, Node, Position } from '@xyflow/react';
import type { CallChange } from '../compare';
import type { Visible } from '../filterTopology';
import type { FoldedGraph, Groups } from '../group';
import { edgePath } from './edgePath';
import type { GroupFlowNode } from './GroupNode';
import type { GraphLayout, Point } from './layoutGraph';

/** A service, caller or provider as the graph library holds it. */
export type ServiceFlowNode = Node<
  {
    node: TopologyNode;
    topology: Topology;
    selected: boolean;
    found: boolean;
    /** The one that Tab reaches. */
    current: boolean;
  },
  'service'
>;

/** What the drawing of a call is told. */
export type CallData = {
  edge: TopologyEdge;
  topology: Topology;
  /** Present where two moments are compared. */
  change?: CallChange;
  path: string;
  /** The middle of its label. */
  label: Point;
  selected: boolean;
  found: boolean;
  onSelect: (edgeId: string) => void;
};

/** A call as the graph library holds it. */
export type CallFlowEdge = Edge<CallData, 'call'>;

/** What the graph draws, from the answer, its layout and what the reader chose. */
export function graphElements(options: {
  topology: Topology;
  /** What is shown of it. */
  drawn: FoldedGraph;
  groups: Groups;
  layout: GraphLayout;
  found: Visible;
  selection: string;
  current: string | undefined;
  onSelectEdge: (edgeId: string) => void;
  /** By the id of the call, where two moments are compared. */
  changes?: ReadonlyMap<string, CallChange>;
}): { nodes: (ServiceFlowNode | GroupFlowNode)[]; edges: CallFlowEdge[] } {
  const { topology, drawn, layout, selection } = options;
  const nodes = drawn.nodes
    .filter(({ id }) => layout.nodes[id])
    .map((node): ServiceFlowNode => {
      return {
        id: node.id,
        type: 'service',
        ...placed(layout.nodes[node.id]),
        data: {
          node,
          topology,
          selected: selection === `node:${node.id}`,
          found: options.found.nodes.has(node.id),
          current: options.current === node.id,
        },
      };
    });
  const edges = drawn.edges
    .filter(({ id }) => layout.edges[id])
    .map((edge): CallFlowEdge => ({
      id: edge.id,
      type: 'call',
      source: edge.source,
      target: edge.target,
      data: {
        edge,
        topology,
        change: options.changes?.get(edge.id),
        path: edgePath(layout, edge),
        label: layout.edges[edge.id].label,
        selected: selection === `edge:${edge.id}`,
        found: options.found.edges.has(edge.id),
        onSelect: options.onSelectEdge,
      },
    }));
  return { nodes: [...groupNodes(options), ...nodes], edges };
}

function placed({ x, y, width, height }: GraphLayout['nodes'][string]) {
  const handle = { y: height / 2, width: 1, height: 1 };
  return {
    position: { x, y },
    width,
    height,
    // As if the library had measured them: it fits no graph into view of which it has not measured all.
    measured: { width, height },
    // Known beforehand, so that the lines are drawn with the first frame.
    handles: [
      {
        ...handle,
        type: 'target' as const,
        position: Position.Left,
        x: 0,
      },
      {
        ...handle,
        type: 'source' as const,
        position: Position.Right,
        x: width,
      },
    ],
  };
}

/** The frames, below everything, and the boxes of what is folded. */
function groupNodes({
  drawn,
  groups: { grouping, toggle },
  layout,
}: Pick<
  Parameters<typeof graphElements>[0],
  'drawn' | 'groups' | 'layout'
>): GroupFlowNode[] {
  if (grouping === 'none') {
    return [];
  }
  const group = (name: string) => ({
    type: 'frame' as const,
    data: { grouping, name, onToggle: () => toggle(name) },
  });
  const frames = Object.entries(layout.groups ?? {}).map(
    ([name, { x, y, width, height }]): GroupFlowNode => ({
      ...group(name),
      id: `frame ${name}`,
      position: { x, y },
      width,
      height,
      measured: { width, height },
      zIndex: -1,
      style: { pointerEvents: 'none' },
    }),
  );
  const boxes = drawn.folded
    .filter(({ id }) => layout.nodes[id])
    .map(({ id, name, nodes, health }): GroupFlowNode => {
      const { type, data } = group(name);
      return {
        id,
        type,
        ...placed(layout.nodes[id]),
        data: { ...data, folded: { count: nodes.length, health } },
      };
    });
  return [...frames, ...boxes];
}
