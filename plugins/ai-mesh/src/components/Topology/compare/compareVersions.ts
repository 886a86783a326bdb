import type { Topology, TopologyEdge } from '@ai-mesh/plugin-ai-mesh-common';
import {
  changeOf,
  silenced,
  type CallChange,
  type Comparison,
} from './compareTopologies';

/** Two versions by their names; what the second one does is told beside the first. */
export interface ComparedVersions {
  first: string;
  second: string;
}

/** How a comparison of versions begins in the address: `versions:v1:v2`, each name encoded. */
export const VERSIONS = 'versions:';

/** Both versions that the address names; undefined where it does not. */
export function parseVersions(compared: string): ComparedVersions | undefined {
  const [first, second, ...more] = compared.startsWith(VERSIONS)
    ? compared.slice(VERSIONS.length).split(':').map(decoded)
    : [];
  return first !== undefined && second !== undefined && more.length === 0
    ? { first, second }
    : undefined;
}

export function writeVersions({ first, second }: ComparedVersions): string {
  return `${VERSIONS}${[first, second].map(encodeURIComponent).join(':')}`;
}

function decoded(written: string): string | undefined {
  try {
    return decodeURIComponent(written);
  } catch {
    // An address that somebody cut names no version.
    return undefined;
  }
}

/** The versions that some call of the topology tells apart, by name. */
export function versionsIn({ edges }: Pick<Topology, 'edges'>): string[] {
  return [
    ...new Set(edges.flatMap(({ byVersion = {} }) => Object.keys(byVersion))),
  ].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
}

/**
 * The calls that two versions answered, beside each other. How many each got is the route's choice, and no change; what
 * neither answered is the same for both.
 */
export function compareVersions(
  topology: Topology,
  versions: ComparedVersions,
): Comparison {
  const changes = topology.edges
    .map(edge => changeBetween(edge, versions))
    .sort((a, b) => b.size - a.size);
  return {
    then: topology.observedAt,
    now: topology.observedAt,
    versions,
    topology: { ...topology, edges: changes.map(({ edge }) => edge) },
    calls: new Map(changes.map(change => [change.edge.id, change])),
    lacking: [],
  };
}

function changeBetween(
  edge: TopologyEdge,
  { first, second }: ComparedVersions,
): CallChange {
  const of = (name: string): TopologyEdge => {
    const traffic = edge.byVersion?.[name];
    return traffic ? { ...edge, traffic } : silenced(edge);
  };
  const change = changeOf(of(first), of(second), [], { countsRate: false });
  return { ...change, edge };
}
