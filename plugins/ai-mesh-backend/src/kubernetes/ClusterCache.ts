import type { MeshKind } from './kinds';
import type { SnapshotSource } from './MeshSnapshot';

/** Counts and times of a cluster's cache, for benchmarks and a look from outside. */
export interface CacheStatistics {
  startedAt?: Date;
  /** When every kind was listed for the first time, or found not to be listable. */
  syncedAt?: Date;
  objects: Partial<Record<MeshKind, number>>;
}

/** A source of snapshots that runs beside the requests. */
export interface ClusterCache extends SnapshotSource {
  readonly statistics: CacheStatistics;
  /** Begins; returns at once, and does nothing the second time. */
  start(): void;
  /** Ends what runs. Snapshots keep what they have. */
  stop(): Promise<void>;
}
