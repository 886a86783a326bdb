import {
  allSaid,
  said,
  wording,
  type ConfiguredThen,
  type FindingCounts,
  type KialiView,
  type Measured,
  type ServiceRef,
  type Source,
  type Topology,
  type TopologyNode,
  type TopologyRequest,
  type WorstSlo,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { fillLinks } from '../links';
import { searchedSources } from '../target/searchedSources';
import type { ClusterTarget, Target } from '../target/Target';
import {
  ClusterTelemetry,
  tablesRead,
  trafficFrom,
  type WarmTables,
} from '../telemetry';
import { askKiali } from './askKiali';
import { buildGraph, type MeshGraph } from './buildGraph';
import type { EntityIndex } from './EntityIndex';
import { findOutage } from './findOutage';
import { gatherCluster } from './gatherCluster';
import { judgedByObjective } from './judgedByObjective';
import { kialiBlindness } from './kialiBlindness';
import { kialiViews } from './kialiViews';
import { LikelyHosts } from './LikelyHosts';
import { ownersOf } from './ownersOf';
import { splitAsThen } from './splitAsThen';
import { worldsOf, type Worlds } from './worldsOf';

/** More nodes than this, a cluster, are left out: nobody reads them, and their telemetry would cost too much. */
const MAX_NODES = 200;

/** What one view of the topology is made with, apart from the entity. */
export interface TopologyContext {
  now: Date;
  /** Findings are of today: beside what was measured then they would mislead. */
  isPast?: boolean;
  /** The catalog as the reader may see it; without, nodes have no entity. */
  entities?: EntityIndex;
  /** Whose objectives to judge by, for whom; without, services are judged by their traffic alone. */
  reader?: { entity: Entity; credentials: BackstageCredentials };
}

export interface TopologyOptions {
  /** Traffic that is known already, of the windows that it is known of; without, Prometheus is asked. */
  tables?: WarmTables;
  /** Of each cluster. */
  maxNodes?: number;
  /** The objective that stands worst, where that is known by now: nobody waits for it. */
  objectiveOf?(
    reader: NonNullable<TopologyContext['reader']> & {
      target: Target;
      now: Date;
    },
  ): WorstSlo | undefined;
  /** How the entity's routes were set at a moment that has been, as far as canaries' records tell. Never rejects. */
  configuredAt?(target: Target, at: Date): Promise<Measured<ConfiguredThen[]>>;
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
  readonly #objectiveOf: TopologyOptions['objectiveOf'];
  readonly #configuredAt: TopologyOptions['configuredAt'];
  readonly #tables: WarmTables | undefined;
  readonly #likely = new LikelyHosts();

  constructor({
    maxNodes = MAX_NODES,
    countFindings,
    objectiveOf,
    configuredAt,
    tables,
  }: TopologyOptions = {}) {
    this.#tables = tables;
    this.#maxNodes = maxNodes;
    this.#countFindings = countFindings;
    this.#objectiveOf = objectiveOf;
    this.#configuredAt = configuredAt;
  }

  /** As `EntityView.madeOf`. */
  madeOf({ window }: TopologyRequest, target: Target): string | undefined {
    return tablesRead(
      target.clusters.map(({ cluster }) => cluster),
      window,
      this.#tables,
    )?.join();
  }

  /** Never rejects for a source that fails: its row in `sources` says so. */
  async topology(
    target: Target,
    request: TopologyRequest,
    { now, isPast, entities, reader }: TopologyContext,
  ): Promise<Topology> {
    const worlds = worldsOf(target);
    const telemetries = target.clusters.map(
      ({ cluster }) => new ClusterTelemetry(cluster),
    );
    const [then, findingsOf, ...findings] = await Promise.all([
      isPast ? this.#configuredAt?.(target, now) : undefined,
      // A review of all components at once would be as long as theirs together.
      isPast || target.system ? undefined : this.#countFindings?.(target, now),
      ...target.clusters.map((cluster, index) =>
        gatherCluster(
          cluster,
          worlds,
          trafficFrom(
            cluster.cluster,
            telemetries[index],
            request.window,
            this.#tables,
          ),
          telemetries[index],
          request,
          this.#maxNodes,
          this.#likely,
        ),
      ),
    ]);
    const graph = await buildGraph(findings, worlds, {
      depth: request.depth,
      maxNodes: this.#maxNodes,
      now,
      isPast,
    });
    const kialis = await Promise.all(
      target.clusters.map(cluster => askAbout(cluster, graph, now)),
    );
    const judged = isPast
      ? splitAsThen(graph.nodes, then)
      : judgedByObjective(
          graph.nodes,
          reader && this.#objectiveOf?.({ ...reader, target, now }),
        );
    const bare = withFindings(
      withLinks(withKiali(judged, kialis), worlds),
      findingsOf,
    );
    const { edges, omittedNodes: omitted } = graph;
    const { nodes, source } = entities
      ? await ownersOf(bare, target, entities, now)
      : { nodes: bare, source: undefined };
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
          ...said(
            wording('topology.omitted', {
              omitted,
              most: this.#maxNodes,
            }),
          ),
        },
      }),
      outage: findOutage(nodes, edges, graph),
      ...(then && { configuredThen: then }),
      sources: [
        ...searchedSources(target),
        ...telemetries.flatMap((telemetry, index) => [
          telemetry.source,
          ...(kialis[index] ? [kialis[index].source] : []),
        ]),
        ...(source ? [source] : []),
      ],
      queries: telemetries.flatMap(({ queries }) => [...queries]),
    };
  }
}

/** What Kiali says of one cluster's part of the graph; undefined where it has none, or there is nothing to ask about. */
async function askAbout(
  { cluster }: ClusterTarget,
  graph: MeshGraph,
  now: Date,
): Promise<{ source: Source; byNode?: Map<string, KialiView> } | undefined> {
  const nodes = graph.nodes.filter(node => node.cluster === cluster.name);
  const namespaces = new Set(
    nodes.flatMap(({ kind, namespace }) =>
      kind === 'service' && namespace !== undefined ? [namespace] : [],
    ),
  );
  if (!cluster.kiali || namespaces.size === 0) {
    return undefined;
  }
  const { views, source } = await askKiali(
    cluster.name,
    cluster.kiali,
    [...namespaces],
    now,
  );
  if (!views) {
    return { source };
  }
  const byNode = kialiViews(nodes, graph.routes, views);
  const blind = kialiBlindness(nodes, byNode, views.health);
  return {
    source: blind
      ? {
          ...source,
          status: 'partial',
          ...allSaid(source, blind),
        }
      : source,
    byNode,
  };
}

function withKiali(
  nodes: readonly TopologyNode[],
  kialis: readonly ({ byNode?: Map<string, KialiView> } | undefined)[],
): TopologyNode[] {
  return nodes.map(node => {
    const kiali = kialis
      .map(one => one?.byNode?.get(node.id))
      .find(view => view !== undefined);
    return kiali ? { ...node, kiali } : node;
  });
}

function withLinks(
  nodes: readonly TopologyNode[],
  worlds: Worlds,
): TopologyNode[] {
  return nodes.map(node => {
    const { kind, cluster, namespace, name: service } = node;
    const links =
      kind === 'service'
        ? fillLinks(worlds.get(cluster)?.cluster.links ?? [], {
            cluster,
            namespace,
            service,
          })
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
