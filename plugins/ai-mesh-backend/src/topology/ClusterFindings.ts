import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { BreakerRow, NamespacedName, RateRow } from '../telemetry';
import type { Peer } from './Peer';
import type { PeerRoutes } from './routesOfPeers';

/** Everything gathered of one cluster, for the graph to be made of. */
export interface ClusterFindings {
  snapshot: MeshSnapshot;
  own: {
    services: readonly NamespacedName[];
    workloads: readonly NamespacedName[];
  };
  /** Rows of every reporter. */
  requests: Measured<readonly RateRow[]>;
  buckets: Measured<readonly RateRow[]>;
  tcp: Measured<readonly RateRow[]>;
  /** Rows of every service asked for, with `cluster_name`. */
  breakers: Measured<readonly BreakerRow[]>;
  windowSeconds: number;
  /** Undefined for peers that nobody addresses by a host. */
  routesOf: (peer: Peer) => PeerRoutes | undefined;
}
