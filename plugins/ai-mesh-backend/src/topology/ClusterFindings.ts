import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type {
  BreakerRow,
  ClusterNames,
  NamespacedName,
  RateRow,
} from '../telemetry';
import type { Peer } from './Peer';
import type { PeerRoutes } from './routesOfPeers';

/** What is known of a cluster beside the calls: what a node is described by. */
export interface Surroundings {
  snapshot: MeshSnapshot;
  /** How the question about requests went; of every reporter. */
  requests: Measured<readonly RateRow[]>;
  buckets: Measured<readonly RateRow[]>;
  /** Rows of every service asked for, with `cluster_name`. */
  breakers: Measured<readonly BreakerRow[]>;
  windowSeconds: number;
  /** Undefined for peers that nobody addresses by a host. */
  routesOf: (peer: Peer) => PeerRoutes | undefined;
}

/**
 * Everything gathered of one cluster, for the graph to be made of. Rows are between the calls' real ends, and name their
 * clusters.
 */
export interface ClusterFindings extends Surroundings {
  own: {
    services: readonly NamespacedName[];
    workloads: readonly NamespacedName[];
  };
  tcp: Measured<readonly RateRow[]>;
  /** Requests of the last minute. */
  lately: Measured<readonly RateRow[]>;
  /** Latency buckets of the times to compare with. */
  usual: Measured<readonly RateRow[]>;
  names: ClusterNames;
  /** Workloads of which it was asked whom they call. */
  askedFrom: readonly NamespacedName[];
}
