import {
  known,
  unknown,
  type FleetTrend,
  type Measured,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { addTo } from '../kubernetes/addTo';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import { inTurns } from '../target/inTurns';
import type { MeshCluster } from '../target/MeshClusters';
import {
  ClusterNames,
  istioLabels,
  namedPair,
  neverArrived,
  readSparkline,
  uniteReports,
  type MeshHour,
  type SparklineRange,
} from '../telemetry';
import { betweenRealEnds } from './betweenRealEnds';
import { servicePeer } from './Peer';
import { PeerNames } from './PeerNames';
import { ServiceMembers } from './ServiceMembers';
import { WITHOUT_SERVICE } from './WholeMesh';
import type { Worlds } from './worldsOf';

/** A cluster with the last hour of its traffic. */
export interface MeshPast {
  cluster: MeshCluster;
  snapshot: MeshSnapshot;
  hour: MeshHour;
}

/** Of a line in a row nobody reads more. */
const DIGITS = 3;

/** What every Service received over the last hour, from what all clusters answered. */
export class ServiceHours {
  readonly #hours: ReadonlyMap<string, MeshHour>;
  readonly #range: SparklineRange;
  readonly #received: ReadonlyMap<string, RangeSeries[]>;

  private constructor(
    hours: ReadonlyMap<string, MeshHour>,
    range: SparklineRange,
    received: ReadonlyMap<string, RangeSeries[]>,
  ) {
    this.#hours = hours;
    this.#range = range;
    this.#received = received;
  }

  /** In turns with other work. */
  static async of(clusters: readonly MeshPast[]): Promise<ServiceHours> {
    const worlds: Worlds = new Map(
      clusters.map(({ cluster, snapshot }) => [
        cluster.name,
        { cluster, snapshot, members: new ServiceMembers(snapshot, []) },
      ]),
    );
    const all = clusters.map(({ cluster }) => cluster);
    const range = earliest(clusters.map(({ hour }) => hour));
    const answers: {
      names: ClusterNames;
      rows: Measured<readonly RangeSeries[]>;
    }[] = [];
    for (const { cluster, hour } of clusters) {
      const names = new ClusterNames(cluster, all);
      const world = worlds.get(cluster.name)!;
      answers.push({
        names,
        rows: await betweenRealEnds(
          laidOver(hour.series, hour.range, range),
          names,
          world,
        ),
      });
    }
    const series = uniteReports(answers).flatMap(one =>
      one.status === 'known' ? one.value : [],
    );
    for (const [name, { members }] of worlds) {
      await inTurns();
      members.learn(
        series.filter(
          ({ labels }) => labels[istioLabels.destinationCluster] === name,
        ),
      );
    }
    const peers = new PeerNames(worlds);
    const byService = new Set(
      clusters.flatMap(({ cluster, hour }) =>
        hour.received ? cluster.name : [],
      ),
    );
    const received = new Map<string, RangeSeries[]>();
    for (const one of series) {
      await inTurns();
      const { kind, id, cluster } = peers.destination(one.labels);
      // What its own answer has by called service is in there with calls from anywhere, except what never arrived.
      const isCounted =
        byService.has(cluster) &&
        !neverArrived(one) &&
        namedPair(
          one.labels,
          istioLabels.sourceNamespace,
          istioLabels.sourceWorkload,
        ) !== undefined;
      if (kind === 'service' && !isCounted) {
        addTo(received, id, one);
      }
    }
    return new ServiceHours(
      new Map(clusters.map(({ cluster, hour }) => [cluster.name, hour])),
      range,
      received,
    );
  }

  /** Of some Services together. Unknown where the hour of one of their clusters is. */
  of(services: readonly ServiceRef[]): Measured<FleetTrend> {
    const hours = [...new Set(services.map(({ cluster }) => cluster))].flatMap(
      name => this.#hours.get(name) ?? [],
    );
    if (hours.length === 0) {
      return unknown(WITHOUT_SERVICE.reason, [WITHOUT_SERVICE.words]);
    }
    const missing = [
      ...hours.map(({ series }) => series),
      ...services.map(({ cluster, namespace }) =>
        this.#hours.get(cluster)?.received?.whyUnknown(namespace),
      ),
    ].find(one => one?.status === 'unknown');
    if (missing?.status === 'unknown') {
      return missing;
    }
    const line = readSparkline(
      [
        {
          series: known(
            services.flatMap(
              ({ cluster, namespace, name }) =>
                this.#received.get(servicePeer(cluster, namespace, name).id) ??
                [],
            ),
          ),
        },
      ],
      this.#range,
    );
    if (line.status === 'unknown') {
      return line;
    }
    const requestsPerSecond = line.value.map(one =>
      rounded(one.requestsPerSecond),
    );
    return requestsPerSecond.every(rate => rate === null)
      ? unknown('not-exported')
      : known({
          until: this.#range.end.toISOString(),
          requestsPerSecond,
          errorRatio: line.value.map(one => rounded(one.errorRatio)),
        });
  }
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(DIGITS));
}

/** That of the hour that ended first. */
function earliest(hours: readonly MeshHour[]): SparklineRange {
  const [first, ...more] = hours.map(({ range }) => range);
  return more.reduce(
    (one, other) => (other.end < one.end ? other : one),
    first,
  );
}

/**
 * An answer's points at the places of another range. Clusters are asked one by one, so that one hour may have ended some
 * minutes before another: they are laid over each other, since points that one of them lacks would look like less traffic.
 */
function laidOver(
  series: Measured<readonly RangeSeries[]>,
  from: SparklineRange,
  to: SparklineRange,
): Measured<readonly RangeSeries[]> {
  const seconds = (to.end.getTime() - from.end.getTime()) / 1000;
  return seconds === 0 || series.status === 'unknown'
    ? series
    : known(
        series.value.map(one => ({
          ...one,
          values: one.values.map(([at, value]): [number, number] => [
            at + seconds,
            value,
          ]),
        })),
      );
}
