import type { ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import type { ObjectMeta } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { unknownKind } from '../../kubernetes/unknownKind';
import {
  podsOfWorkload,
  templateKinds,
  workloadObject,
} from '../../kubernetes/workloads';
import { workloadsOfService } from '../../kubernetes/workloadsOfService';
import type { WorkloadRef } from '../Target';

export type Labels = Readonly<Record<string, string>>;

/** A Service or a workload, as far as it matters for whose it is. */
export interface MeshThing {
  ref: ServiceRef;
  kind: 'Service' | WorkloadRef['kind'];
  metadata?: ObjectMeta;
  namespace?: ObjectMeta;
  /** Its own labels and those of what runs behind it: by either an entity may find it. */
  labels: readonly Labels[];
  /** Kinds, its own or Namespace, that cannot be looked at: there may be a mark that nobody sees. */
  unseen: readonly (MeshThing['kind'] | 'Namespace')[];
}

/** A Service that the cluster may hold. */
export function serviceThing(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
): MeshThing {
  const service = snapshot.get('Service', namespace, name);
  const workloads = service ? workloadsOfService(snapshot, service) : [];
  return {
    ref: { cluster: snapshot.cluster, namespace, name },
    kind: 'Service',
    metadata: service?.metadata,
    namespace: snapshot.get('Namespace', '', namespace)?.metadata,
    labels: [
      service?.metadata.labels ?? {},
      ...workloads.flatMap(workload => workloadLabels(snapshot, workload)),
    ],
    unseen: unseenKinds(snapshot, 'Service'),
  };
}

export function workloadThing(
  snapshot: MeshSnapshot,
  workload: WorkloadRef,
): MeshThing {
  const { kind, namespace, name } = workload;
  return {
    ref: { cluster: snapshot.cluster, namespace, name },
    kind,
    metadata: workloadObject(snapshot, workload)?.metadata,
    namespace: snapshot.get('Namespace', '', namespace)?.metadata,
    labels: workloadLabels(snapshot, workload),
    unseen: unseenKinds(snapshot, kind),
  };
}

/** Of a Rollout, a Job or a bare pod the snapshot holds nothing but pods: an entity may find it by their labels. */
function workloadLabels(snapshot: MeshSnapshot, ref: WorkloadRef): Labels[] {
  const workload = workloadObject(snapshot, ref);
  return workload
    ? [
        workload.metadata.labels ?? {},
        workload.spec?.template?.metadata?.labels ?? {},
      ]
    : podsOfWorkload(snapshot, ref).map(
        ({ metadata }) => metadata.labels ?? {},
      );
}

/** Of a kind and of Namespace those that cannot be looked at. */
export function unseenKinds(
  snapshot: MeshSnapshot,
  kind: MeshThing['kind'],
): MeshThing['unseen'] {
  const own = (['Service', ...templateKinds] as const).filter(
    one => one === kind,
  );
  return [...own, 'Namespace' as const].filter(
    one => unknownKind(snapshot, one)?.status === 'unknown',
  );
}
