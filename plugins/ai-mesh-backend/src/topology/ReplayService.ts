import {
  REPLAY_STEPS,
  replaySpanSeconds,
  windowSeconds,
  known,
  type Measured,
  type Replay,
  type ReplayRequest,
  type TopologyEdge,
  type TopologyNode,
  type Traffic,
  type TrafficTrack,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Expr } from '../prometheus/promql';
import { inTurns } from '../target/inTurns';
import { searchedSources } from '../target/searchedSources';
import type { Target } from '../target/Target';
import {
  AskedTraffic,
  ClusterTelemetry,
  RecordedTelemetry,
  type RateSource,
} from '../telemetry';
import { alertsWithin, type ReadAlert } from './alertsWithin';
import { buildGraph, type MeshGraph } from './buildGraph';
import { changesWithin } from './changesWithin';
import { findOutage } from './findOutage';
import { gatherCluster } from './gatherCluster';
import { worldsOf } from './worldsOf';

/** Fewer than at one moment: each has a value for every moment. */
const MAX_NODES = 100;
/** So that the whole answer stays a page's worth. */
const SIGNIFICANT_DIGITS = 4;

/** How the alerts on an entity's error budgets are asked for, and read. */
export interface BudgetAlerts {
  query(entityRef: string): Expr;
  read: ReadAlert;
}

/** Plays the topology of an entity over a past span. */
export class ReplayService {
  readonly #maxNodes: number;
  readonly #alerts: BudgetAlerts | undefined;

  constructor({
    maxNodes = MAX_NODES,
    alerts,
  }: { maxNodes?: number; alerts?: BudgetAlerts } = {}) {
    this.#maxNodes = maxNodes;
    this.#alerts = alerts;
  }

  /**
   * As many questions to Prometheus as one topology, each over the whole span, and one for alerts. Never rejects for a source that fails:
   * its row in `sources` says so.
   */
  async replay(
    target: Target,
    request: ReplayRequest,
    { now }: { now: Date },
  ): Promise<Replay> {
    const { window, span, depth } = request;
    const moments = momentsOf(span, now);
    const range = {
      start: moments[0],
      end: moments[REPLAY_STEPS],
      stepSeconds: replaySpanSeconds[span] / REPLAY_STEPS,
    };
    const worlds = worldsOf(target);
    const telemetries = target.clusters.map(
      ({ cluster }) => new ClusterTelemetry(cluster),
    );
    const recordings = telemetries.map(
      telemetry => new RecordedTelemetry(telemetry, range),
    );
    const graphThrough = async (
      sourceOf: (recording: RecordedTelemetry) => RateSource,
    ): Promise<MeshGraph> =>
      buildGraph(
        await Promise.all(
          target.clusters.map((cluster, index) => {
            const source = sourceOf(recordings[index]);
            return gatherCluster(
              cluster,
              worlds,
              new AskedTraffic(source, windowSeconds[window]),
              source,
              { window, depth },
              this.#maxNodes,
            );
          }),
        ),
        worlds,
        { depth, maxNodes: this.#maxNodes, now, isPast: true },
      );

    const asked = this.#alerts;
    const [whole, ...fired] = await Promise.all([
      graphThrough(recording => recording.record()),
      ...telemetries.map(telemetry =>
        asked
          ? telemetry.series(
              'budget-alerts',
              asked.query(target.entityRef),
              range,
            )
          : known([]),
      ),
    ]);
    const frames: Frame[] = [];
    for (const moment of moments) {
      const graph = await graphThrough(recording => recording.at(moment));
      await inTurns();
      frames.push(frameOf(moment, graph));
    }
    const played = frames.map(({ moment }) => moment);
    const alerts = fired.map((series, index) =>
      asked
        ? alertsWithin(
            target.clusters[index].cluster.name,
            series,
            played,
            asked.read,
          )
        : known([]),
    );
    return {
      entityRef: target.entityRef,
      window,
      span,
      depth,
      observedAt: range.end.toISOString(),
      resolution: target.resolution,
      moments: played,
      nodes: whole.nodes.map(node => playedNode(node, frames)),
      edges: whole.edges.map(edge => playedEdge(edge, frames)),
      changes: changesWithin(target, range),
      budgetAlerts:
        alerts.find(one => one.status === 'unknown') ??
        known(alerts.flatMap(one => (one.status === 'known' ? one.value : []))),
      ...(whole.omittedNodes > 0 && { omitted: whole.omittedNodes }),
      sources: [
        ...searchedSources(target),
        ...telemetries.map(({ source }) => source),
      ],
      queries: telemetries.flatMap(({ queries }) => [...queries]),
    };
  }
}

/** On whole steps, so that all who look within one ask Prometheus the same. */
function momentsOf(span: ReplayRequest['span'], now: Date): Date[] {
  const stepMs = (replaySpanSeconds[span] * 1000) / REPLAY_STEPS;
  const end = now.getTime() - (now.getTime() % stepMs);
  return Array.from(
    { length: REPLAY_STEPS + 1 },
    (_, index) => new Date(end - (REPLAY_STEPS - index) * stepMs),
  );
}

/** The graph of one moment. */
interface Frame {
  moment: Replay['moments'][number];
  nodes: Map<string, TopologyNode>;
  edges: Map<string, TopologyEdge>;
}

function frameOf(moment: Date, graph: MeshGraph): Frame {
  const { nodes, edges } = graph;
  const outage = findOutage(nodes, edges, graph);
  const found = outage.status === 'found' ? outage : undefined;
  return {
    moment: {
      at: moment.toISOString(),
      measured: edges.length > 0,
      origins: found?.origins.map(({ node }) => node) ?? [],
      suffering: found?.suffering.map(({ node }) => node) ?? [],
    },
    nodes: new Map(nodes.map(node => [node.id, node])),
    edges: new Map(edges.map(edge => [edge.id, edge])),
  };
}

function playedNode(
  node: TopologyNode,
  frames: readonly Frame[],
): Replay['nodes'][number] {
  const { id, kind, cluster, namespace, name, relation, distance, proxy } =
    node;
  const then = frames.map(({ nodes }) => nodes.get(id));
  return {
    id,
    kind,
    cluster,
    ...(namespace !== undefined && { namespace }),
    name,
    relation,
    distance,
    proxy,
    traffic: trackOf(then.map(one => one?.traffic)),
    health: then.map(one => one?.health.status ?? 'unknown'),
  };
}

function playedEdge(
  { id, source, target, protocol, reporter }: TopologyEdge,
  frames: readonly Frame[],
): Replay['edges'][number] {
  const then = frames.map(({ edges }) => edges.get(id));
  return {
    id,
    source,
    target,
    protocol,
    reporter,
    traffic: trackOf(then.map(one => one?.traffic)),
    encryptedShare: then.map(one =>
      figure(one?.encryption, ({ share }) => share),
    ),
  };
}

function trackOf(then: readonly (Traffic | undefined)[]): TrafficTrack {
  return {
    requestsPerSecond: then.map(one => figure(one?.requestsPerSecond)),
    errorRatio: then.map(one => figure(one?.errorRatio)),
    p95: then.map(one => figure(one?.p95, ({ valueMs }) => valueMs)),
  };
}

function figure<T>(
  measured: Measured<T> | undefined,
  numberOf: (value: T) => number = Number,
): number | null {
  return measured?.status === 'known'
    ? Number(numberOf(measured.value).toPrecision(SIGNIFICANT_DIGITS))
    : null;
}
