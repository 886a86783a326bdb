import type {
  Measured,
  QueryTrace,
  Source,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from './RateRow';

/** The window that a table is a mean over: that of the screens unless somebody chooses another. */
export const MESH_WINDOW = '5m';

/** All traffic that one cluster's Prometheus knows of, over {@link MESH_WINDOW}: what a neighbourhood's queries ask, of all. */
export interface MeshTable {
  readonly requests: Measured<readonly RateRow[]>;
  readonly buckets: Measured<readonly RateRow[]>;
  /** Latency buckets of the times to compare with. */
  readonly usual: Measured<readonly RateRow[]>;
  readonly tcp: Measured<readonly RateRow[]>;
  /** Requests of the last minute alone. */
  readonly lately: Measured<readonly RateRow[]>;
  /** Statistics of the circuit breakers towards all hosts. */
  readonly breakers: Measured<readonly RateRow[]>;
  readonly controlPlane: Measured<readonly RateRow[]>;
  /** What was not asked for since it is too much: what tells latencies, or everything about calls. */
  readonly leftOut?: 'latencies' | 'calls';
  readonly source: Source;
  readonly queries: readonly QueryTrace[];
}
