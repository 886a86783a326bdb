import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { isRelay } from '../kubernetes/relays';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import { ClusterNames } from './ClusterNames';
import { mixedClusters, type AskedCluster } from './mixedClusters';
import type { NamespacedName } from './TrafficScope';
import { realEnds } from './realEnds';
import type { RateSource } from './RecordedTelemetry';

interface Row {
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Reads what one cluster's Prometheus reports about some Services: between the calls' real ends, whose clusters are named,
 * and without what other clusters do among their own.
 */
export class ServiceReports {
  readonly names: ClusterNames;
  /** The workloads behind the Services: calls may reach them by their addresses, around every Service. */
  readonly around: readonly NamespacedName[];
  readonly #cluster: AskedCluster;
  readonly #configured: readonly AskedCluster[];
  readonly #snapshot: MeshSnapshot;
  readonly #serviceOf: ReadonlyMap<string, NamespacedName>;

  /**
   * @param configured - every cluster, to name those that metrics name
   * @param services - a workload behind several answers for the first of them
   */
  constructor(
    cluster: AskedCluster,
    configured: readonly AskedCluster[],
    snapshot: MeshSnapshot,
    services: readonly NamespacedName[],
  ) {
    this.names = new ClusterNames(cluster, configured);
    this.#cluster = cluster;
    this.#configured = configured;
    this.#snapshot = snapshot;
    const behind = new Map<
      string,
      { workload: NamespacedName; service: NamespacedName }
    >();
    for (const service of services) {
      const object = snapshot.get('Service', service.namespace, service.name);
      for (const workload of object
        ? workloadsOfService(snapshot, object)
        : []) {
        if (!behind.has(key(workload))) {
          behind.set(key(workload), { workload, service });
        }
      }
    }
    this.around = [...behind.values()].map(({ workload }) => workload);
    this.#serviceOf = new Map(
      [...behind].map(([workload, { service }]) => [workload, service]),
    );
  }

  read<T extends Row>(rows: Measured<readonly T[]>): Measured<T[]> {
    return rows.status === 'known'
      ? known(
          realEnds(this.names.name(rows.value), {
            isRelay: workload => isRelay(this.#snapshot, workload),
            serviceOf: workload => this.#serviceOf.get(key(workload)),
          }).filter(this.names.touches),
        )
      : rows;
  }

  /** Says of the answers that were read where they may be another cluster's. */
  remarkMixed(telemetry: Pick<RateSource, 'remark'>): void {
    telemetry.remark(
      mixedClusters(this.#cluster, this.#configured, this.names),
    );
  }
}

function key({ namespace, name }: NamespacedName): string {
  return JSON.stringify([namespace, name]);
}
