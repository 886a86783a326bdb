import type {
  Topology,
  TopologyEdge,
  TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Edge, Node, Position } from '@xyflow/react';
import type { CallChange } from '../compare';
import type { Visible } from '../filterTopology';
import { edgePath } from './edgePath';
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

/** A call as the graph library holds it. */
export type CallFlowEdge = Edge<
  {
    edge: TopologyEdge;
    topology: Topology;
    /** Present where two moments are compared. */
    change?: CallChange;
    path: string;
    label: Point;
    selected: boolean;
    found: boolean;
    onSelect: (edgeId: string) => void;
  },
  'call'
>;

/** What the graph draws, from the answer, its layout and what the reader chose. */
export function graphElements(options: {
  topology: Topology;
  layout: GraphLayout;
  visible: Visible;
  found: Visible;
  selection: string;
  current: string | undefined;
  onSelectEdge: (edgeId: string) => void;
  /** By the id of the call, where two moments are compared. */
  changes?: ReadonlyMap<string, CallChange>;
}): { nodes: ServiceFlowNode[]; edges: CallFlowEdge[] } {
  const { topology, layout, visible, selection } = options;
  const nodes = topology.nodes
    .filter(({ id }) => visible.nodes.has(id) && layout.nodes[id])
    .map((node): ServiceFlowNode => {
      const { x, y, width, height } = layout.nodes[node.id];
      const handle = { y: height / 2, width: 1, height: 1 };
      return {
        id: node.id,
        type: 'service',
        position: { x, y },
        width,
        height,
        // Known beforehand, so that the lines are drawn with the first frame.
        handles: [
          { ...handle, type: 'target', position: Position.Left, x: 0 },
          { ...handle, type: 'source', position: Position.Right, x: width },
        ],
        data: {
          node,
          topology,
          selected: selection === `node:${node.id}`,
          found: options.found.nodes.has(node.id),
          current: options.current === node.id,
        },
      };
    });
  const edges = topology.edges
    .filter(({ id }) => visible.edges.has(id) && layout.edges[id])
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
  return { nodes, edges };
}
