import type {
  Topology,
  TopologyEdge,
  TopologyNode,
} from '@ai-mesh/plugin-ai-mesh-common';
import { protectionOf } from '../Marks';
import { edgeHealth, isAlarming } from './edgeHealth';
import { type Expression, holdsOfEdge, holdsOfNode } from './expression';

/** What a reader may narrow the neighbourhood to. */
export const shows = ['all', 'failing', 'plaintext', 'unhealthy'] as const;

/** @see {@link shows} */
export type Show = (typeof shows)[number];

/** Services and the calls between them. */
export type Graph = Pick<Topology, 'nodes' | 'edges'>;

/** Ids of what stays visible. */
export interface Visible {
  nodes: Set<string>;
  edges: Set<string>;
}

/**
 * Narrows the neighbourhood. A call that stays keeps both its ends, so that it says who and whom.
 * Only what is known to be healthy is hidden as healthy.
 */
export function filterTopology(
  topology: Graph,
  show: Show,
  hide?: Expression,
): Visible {
  const shown = shownOf(topology, show);
  return hide ? withoutHidden(topology, shown, hide) : shown;
}

function shownOf(topology: Graph, show: Show): Visible {
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
      return isAlarming(edgeHealth(edge));
  }
}

/** What an expression holds of. */
export function findIn(topology: Graph, expression: Expression): Visible {
  return {
    nodes: idsOf(topology.nodes, node => holdsOfNode(expression, node)),
    edges: idsOf(topology.edges, edge => holdsOfEdge(expression, edge)),
  };
}

function idsOf<T extends { id: string }>(
  all: readonly T[],
  keeps: (one: T) => boolean,
): Set<string> {
  return new Set(all.filter(keeps).map(({ id }) => id));
}

/**
 * Leaves out what an expression holds of, and with it the calls of a service left out, and whoever but the entity had no
 * other calls.
 */
function withoutHidden(
  topology: Graph,
  { nodes, edges }: Visible,
  hide: Expression,
): Visible {
  const hidden = findIn(topology, hide);
  const keptEdges = topology.edges.filter(
    ({ id, source, target }) =>
      edges.has(id) &&
      !hidden.edges.has(id) &&
      !hidden.nodes.has(source) &&
      !hidden.nodes.has(target),
  );
  const ends = (all: readonly TopologyEdge[]) =>
    new Set(all.flatMap(({ source, target }) => [source, target]));
  const joined = ends(keptEdges);
  const before = ends(topology.edges.filter(({ id }) => edges.has(id)));
  return {
    nodes: idsOf(
      topology.nodes,
      ({ id, relation }) =>
        nodes.has(id) &&
        !hidden.nodes.has(id) &&
        (relation === 'own' || joined.has(id) || !before.has(id)),
    ),
    edges: new Set(keptEdges.map(({ id }) => id)),
  };
}
