import type { ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import type { ObjectMeta } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { unknownKind } from '../../kubernetes/unknownKind';
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

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/** Of what else may run pods the snapshot holds nothing: whose it is follows from its Services and its namespace. */
function workloadObject(
  snapshot: MeshSnapshot,
  { kind, namespace, name }: WorkloadRef,
) {
  const known = workloadKinds.find(one => one === kind);
  return known && snapshot.get(known, namespace, name);
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

function workloadLabels(snapshot: MeshSnapshot, ref: WorkloadRef): Labels[] {
  const workload = workloadObject(snapshot, ref);
  return workload
    ? [
        workload.metadata.labels ?? {},
        workload.spec?.template?.metadata?.labels ?? {},
      ]
    : [];
}

function unseenKinds(
  snapshot: MeshSnapshot,
  kind: MeshThing['kind'],
): MeshThing['unseen'] {
  const own = (['Service', ...workloadKinds] as const).filter(
    one => one === kind,
  );
  return [...own, 'Namespace' as const].filter(
    one => unknownKind(snapshot, one)?.status === 'unknown',
  );
}
