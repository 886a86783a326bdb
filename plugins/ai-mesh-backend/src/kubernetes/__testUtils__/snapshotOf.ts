import { ClusterSnapshot, KindViews } from '../ClusterSnapshot';
import { kindTable } from '../kindTable';
import type { KubernetesObject, MeshKind } from '../kinds';
import type { KindState, MeshSnapshot } from '../MeshSnapshot';
import { ObjectStore } from '../ObjectIndex';

/** A snapshot over given objects, every kind synced unless said otherwise. For tests. */
export function snapshotOf(
  objects: Partial<Record<MeshKind, readonly KubernetesObject[]>>,
  options: {
    cluster?: string;
    states?: Partial<Record<MeshKind, KindState>>;
    takenAt?: Date;
    rootNamespace?: string;
    clusterDomain?: string;
  } = {},
): MeshSnapshot {
  const takenAt = options.takenAt ?? new Date('2026-01-01T00:00:00Z');
  const kinds = Object.fromEntries(
    kindTable.map(({ kind }) => {
      const store = new ObjectStore();
      store.replace(objects[kind] ?? []);
      const state = options.states?.[kind] ?? {
        status: 'synced',
        observedAt: takenAt,
      };
      return [kind, { state, objects: store.view() }];
    }),
  ) as unknown as KindViews;
  return new ClusterSnapshot({
    cluster: options.cluster ?? 'test',
    takenAt,
    rootNamespace: options.rootNamespace ?? 'istio-system',
    clusterDomain: options.clusterDomain ?? 'cluster.local',
    kinds,
  });
}
