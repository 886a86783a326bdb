import { JoinedQuestions } from '../../prometheus/JoinedQuestions';
import type { MeshCluster } from '../../target/MeshClusters';
import type { Target } from '../../target/Target';

/** Targets whose questions to Prometheus go together with those of all others. */
export class JoinedTargets {
  readonly #clusters = new WeakMap<MeshCluster, MeshCluster>();

  of(target: Target): Target {
    return {
      ...target,
      clusters: target.clusters.map(one => this.#joined(one)),
      searched: target.searched.map(one => this.#joined(one)),
    };
  }

  #joined<T extends { cluster: MeshCluster }>(one: T): T {
    const { cluster } = one;
    if (!cluster.prometheus) {
      return one;
    }
    let joined = this.#clusters.get(cluster);
    if (!joined) {
      joined = {
        ...cluster,
        prometheus: new JoinedQuestions(cluster.prometheus),
      };
      this.#clusters.set(cluster, joined);
    }
    return { ...one, cluster: joined };
  }
}
