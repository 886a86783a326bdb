import type { ClusterTarget } from '../../target/Target';
import type { AskedCluster } from '../../telemetry';
import type { EntitySeries } from '../dialects/EntitySeries';
import type { DocumentObjectives } from '../objectives/Problem';

/** An entity with what it owns on one cluster, and what it wrote of itself. */
export interface EntityOnCluster {
  entityRef: string;
  target: ClusterTarget;
  series: EntitySeries;
  /** Every cluster, to tell whose series are whose. */
  configured: readonly AskedCluster[];
  /** The dialect that its annotation asks for. */
  forcedDialect?: string;
  /** The objectives of its own file; undefined where it names none. */
  written?: DocumentObjectives;
}
