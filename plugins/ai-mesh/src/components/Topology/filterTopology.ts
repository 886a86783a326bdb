import type {
  Topology,
  TopologyEdge,
  TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import { edgeHealth } from './edgeHealth';
import { protectionOf } from '../Marks';

/** What a reader may narrow the neighbourhood to. */
export const shows = ['all', 'failing', 'plaintext', 'unhealthy'] as const;

/** @see {@link shows} */
export type Show = (typeof shows)[number];

/** Ids of what stays visible. */
export interface Visible {
  nodes: Set<string>;
  edges: Set<string>;
}

/**
 * Narrows the neighbourhood. A call that stays keeps both its ends, so that it says who and whom.
 * Only what is known to be healthy is hidden as healthy.
 */
export function filterTopology(topology: Topology, show: Show): Visible {
  const nodes = new Set<string>();
  const edges = new Set<string>();
  for (const node of topology.nodes) {
    if (keepsNode(node, show)) {
      nodes.add(node.id);
    }
  }
  for (const edge of topology.edges) {
    if (keepsEdge(edge, show)) {
      edges.add(edge.id);
      nodes.add(edge.source);
      nodes.add(edge.target);
    }
  }
  if (show === 'unhealthy') {
    for (const edge of topology.edges) {
      if (nodes.has(edge.source) && nodes.has(edge.target)) {
        edges.add(edge.id);
      }
    }
  }
  return { nodes, edges };
}

function keepsNode(node: TopologyNode, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'failing':
      return node.health.status === 'failing';
    case 'unhealthy':
      return node.health.status !== 'healthy';
    default:
      return false;
  }
}

function keepsEdge(edge: TopologyEdge, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'failing':
      return edgeHealth(edge) === 'failing';
    case 'plaintext': {
      const protection = protectionOf(edge.encryption);
      return protection === 'plaintext' || protection === 'mixed';
    }
    default:
      return edgeHealth(edge) === 'failing' || edgeHealth(edge) === 'degraded';
  }
}

/** Ids of the nodes whose name, namespace or entity contains what was typed. */
export function findNodes(topology: Topology, typed: string): Set<string> {
  const wanted = typed.trim().toLocaleLowerCase();
  return new Set(
    wanted === ''
      ? []
      : topology.nodes
          .filter(({ name, namespace = '', entityRef = '' }) =>
            `${namespace}/${name} ${entityRef}`
              .toLocaleLowerCase()
              .includes(wanted),
          )
          .map(({ id }) => id),
  );
}
