import type { WorkloadRef } from '../target/Target';
import type { ServiceObject } from './kinds';
import { hasLabels, withTemplateLabels } from './labels';
import type { MeshSnapshot } from './MeshSnapshot';
import { podsOfService } from './podsOfService';
import { workloadOfPod } from './workloadOfPod';

const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;

/**
 * The workloads behind a Service: those whose pods it selects, and those whose pod template it would select,
 * so that a workload scaled to zero still counts.
 */
export function workloadsOfService(
  snapshot: MeshSnapshot,
  service: ServiceObject,
): WorkloadRef[] {
  const { namespace = '' } = service.metadata;
  const selector = service.spec?.selector ?? {};
  if (Object.keys(selector).length === 0) {
    return [];
  }
  const byTemplate = workloadKinds.flatMap(kind =>
    withTemplateLabels(snapshot.inNamespace(kind, namespace), selector).map(
      ({ metadata }) => ({ kind, namespace, name: metadata.name }),
    ),
  );
  const byPods = podsOfService(snapshot, service).flatMap(
    pod => workloadOfPod(pod) ?? [],
  );
  return uniqueWorkloads([...byTemplate, ...byPods]);
}

/** The Services of its namespace that select a workload's pods. */
export function servicesOfWorkload(
  snapshot: MeshSnapshot,
  { kind, namespace, name }: WorkloadRef,
): readonly ServiceObject[] {
  const labels = snapshot.get(kind, namespace, name)?.spec?.template?.metadata
    ?.labels;
  return snapshot
    .inNamespace('Service', namespace)
    .filter(
      ({ spec }) =>
        Object.keys(spec?.selector ?? {}).length > 0 &&
        hasLabels(labels, spec?.selector ?? {}),
    );
}

/** Each workload once, in the order of first mention. */
export function uniqueWorkloads(
  workloads: readonly WorkloadRef[],
): WorkloadRef[] {
  const byKey = new Map<string, WorkloadRef>();
  for (const workload of workloads) {
    const key = `${workload.kind}/${workload.namespace}/${workload.name}`;
    if (!byKey.has(key)) {
      byKey.set(key, workload);
    }
  }
  return [...byKey.values()];
}
