import type {
  FindingCounts,
  LinkOut,
  ServiceRef,
  Source,
  Topology,
  TopologyNode,
  TopologyRequest,
} from '@ai-mesh/plugin-ai-mesh-common';
import { fillLinks } from '../links';
import { snapshotSource } from '../kubernetes/snapshotSource';
import type { ClusterTarget, Target } from '../target/Target';
import { ClusterTelemetry } from '../telemetry';
import { askKiali } from './askKiali';
import { buildGraph, type ClusterGraph } from './buildGraph';
import type { EntityIndex } from './EntityIndex';
import { findOutage } from './findOutage';
import { gatherCluster } from './gatherCluster';
import { kialiViews } from './kialiViews';
import { ownersOf } from './ownersOf';

/** More nodes than this, a cluster, are left out: nobody reads them, and their telemetry would cost too much. */
const MAX_NODES = 200;

/** What one view of the topology is made with, apart from the entity. */
export interface TopologyContext {
  now: Date;
  /** The catalog as the reader may see it; without, nodes have no entity. */
  entities?: EntityIndex;
}

export interface TopologyOptions {
  /** Of each cluster. */
  maxNodes?: number;
  /** What a review finds of each of the entity's services; without, nodes have no findings. */
  countFindings?(
    target: Target,
    now: Date,
  ): Promise<(service: ServiceRef) => FindingCounts>;
}

/** Gathers the mesh around an entity and makes its topology. */
export class TopologyService {
  readonly #maxNodes: number;
  readonly #countFindings: TopologyOptions['countFindings'];

  constructor({ maxNodes = MAX_NODES, countFindings }: TopologyOptions = {}) {
    this.#maxNodes = maxNodes;
    this.#countFindings = countFindings;
  }

  /** Never rejects for a source that fails: its row in `sources` says so. */
  async topology(
    target: Target,
    request: TopologyRequest,
    { now, entities }: TopologyContext,
  ): Promise<Topology> {
    const [findingsOf, ...clusters] = await Promise.all([
      this.#countFindings?.(target, now),
      ...target.clusters.map(cluster => this.#cluster(cluster, request, now)),
    ]);
    const edges = clusters.flatMap(({ graph }) => graph.edges);
    const bare = withFindings(
      clusters.flatMap(({ graph }) => graph.nodes),
      findingsOf,
    );
    const { nodes, source } = entities
      ? await ownersOf(bare, target, entities, now)
      : { nodes: bare, source: undefined };
    const omitted = clusters.reduce(
      (sum, { graph }) => sum + graph.omittedNodes,
      0,
    );
    return {
      entityRef: target.entityRef,
      window: request.window,
      depth: request.depth,
      observedAt: now.toISOString(),
      resolution: target.resolution,
      nodes,
      edges,
      ...(omitted > 0 && {
        omitted: {
          nodes: omitted,
          message: `${omitted} more were found and left out: only the nearest and busiest ${this.#maxNodes} of a cluster are shown. A smaller depth shows fewer.`,
        },
      }),
      outage: findOutage(
        nodes,
        edges,
        new Map(clusters.flatMap(({ graph }) => [...graph.patienceMs])),
      ),
      sources: [
        ...target.searched.map(({ snapshot }) => snapshotSource(snapshot)),
        ...clusters.flatMap(({ sources }) => sources),
        ...(source ? [source] : []),
      ],
      queries: clusters.flatMap(({ telemetry }) => [...telemetry.queries]),
    };
  }

  async #cluster(
    clusterTarget: ClusterTarget,
    request: TopologyRequest,
    now: Date,
  ) {
    const { cluster } = clusterTarget;
    const telemetry = new ClusterTelemetry(cluster);
    const findings = await gatherCluster(
      clusterTarget,
      telemetry,
      request,
      this.#maxNodes,
    );
    const graph = buildGraph(findings, {
      depth: request.depth,
      maxNodes: this.#maxNodes,
    });
    const kiali = await this.#withKiali(clusterTarget, graph, now);
    return {
      telemetry,
      graph: { ...graph, nodes: withLinks(kiali.nodes, cluster.links ?? []) },
      sources: [telemetry.source, ...kiali.sources],
    };
  }

  async #withKiali(
    { cluster }: ClusterTarget,
    { nodes, routes }: ClusterGraph,
    now: Date,
  ): Promise<{ nodes: TopologyNode[]; sources: Source[] }> {
    const namespaces = new Set(
      nodes.flatMap(({ kind, namespace }) =>
        kind === 'service' && namespace !== undefined ? [namespace] : [],
      ),
    );
    if (!cluster.kiali || namespaces.size === 0) {
      return { nodes, sources: [] };
    }
    const { views, source } = await askKiali(
      cluster.name,
      cluster.kiali,
      [...namespaces],
      now,
    );
    const byNode = views && kialiViews(nodes, routes, views);
    return {
      nodes: nodes.map(node => {
        const kiali = byNode?.get(node.id);
        return kiali ? { ...node, kiali } : node;
      }),
      sources: [source],
    };
  }
}

function withLinks(
  nodes: readonly TopologyNode[],
  templates: readonly LinkOut[],
): TopologyNode[] {
  return nodes.map(node => {
    const { kind, cluster, namespace, name: service } = node;
    const links =
      kind === 'service'
        ? fillLinks(templates, { cluster, namespace, service })
        : [];
    return links.length > 0 ? { ...node, links } : node;
  });
}

function withFindings(
  nodes: readonly TopologyNode[],
  findingsOf: ((service: ServiceRef) => FindingCounts) | undefined,
): TopologyNode[] {
  return nodes.map(node => {
    const { kind, relation, cluster, namespace, name } = node;
    return findingsOf &&
      kind === 'service' &&
      relation === 'own' &&
      namespace !== undefined
      ? { ...node, findings: findingsOf({ cluster, namespace, name }) }
      : node;
  });
}
