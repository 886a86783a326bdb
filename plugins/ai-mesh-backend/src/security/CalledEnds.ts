import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { isRelay } from '../kubernetes/relays';
import {
  ClusterNames,
  istioLabels,
  realEnds,
  type NamedCluster,
} from '../telemetry';

interface Row {
  readonly labels: Readonly<Record<string, string>>;
}

/** Reads what the called side of one cluster reported: who called, from which cluster, and no relay in between. */
export class CalledEnds {
  readonly names: ClusterNames;
  readonly #snapshot: MeshSnapshot;

  /** @param configured - every cluster, to name those that callers are in */
  constructor(
    cluster: NamedCluster,
    configured: readonly NamedCluster[],
    snapshot: MeshSnapshot,
  ) {
    this.names = new ClusterNames(cluster, configured);
    this.#snapshot = snapshot;
  }

  read<T extends Row>(rows: Measured<readonly T[]>): Measured<T[]> {
    if (rows.status === 'unknown') {
      return rows;
    }
    return known(
      realEnds(this.names.name(rows.value), {
        isRelay: workload => isRelay(this.#snapshot, workload),
        // Whoever is asked about is asked by the Service.
        serviceOf: () => undefined,
      }).filter(
        ({ labels }) =>
          labels[istioLabels.destinationCluster] === this.names.home,
      ),
    );
  }
}
