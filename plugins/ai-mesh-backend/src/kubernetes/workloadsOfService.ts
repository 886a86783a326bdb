import type { WorkloadRef } from '../target/Target';
import type { ServiceObject } from './kinds';
import { groupBy } from './groupBy';
import { hasLabels, pairs, withTemplateLabels } from './labels';
import type { MeshSnapshot } from './MeshSnapshot';
import { podsOfService } from './podsOfService';
import { workloadOfPod } from './workloadOfPod';
import { labelsOfWorkload, templateKinds, workloadKey } from './workloads';

const known = new WeakMap<
  MeshSnapshot,
  WeakMap<ServiceObject, readonly WorkloadRef[]>
>();

/**
 * The workloads behind a Service: those whose pods it selects, and those whose pod template it would select,
 * so that a workload scaled to zero still counts. Looked for once in a snapshot: what an entity finds and whose that is
 * both ask, of thousands.
 */
export function workloadsOfService(
  snapshot: MeshSnapshot,
  service: ServiceObject,
): readonly WorkloadRef[] {
  const here = known.get(snapshot) ?? new WeakMap();
  known.set(snapshot, here);
  const found = here.get(service) ?? workloadsBehind(snapshot, service);
  here.set(service, found);
  return found;
}

function workloadsBehind(
  snapshot: MeshSnapshot,
  service: ServiceObject,
): readonly WorkloadRef[] {
  const { namespace = '' } = service.metadata;
  const selector = service.spec?.selector ?? {};
  if (Object.keys(selector).length === 0) {
    return [];
  }
  const byTemplate = templateKinds.flatMap(kind =>
    withTemplateLabels(snapshot.inNamespace(kind, namespace), selector).map(
      ({ metadata }) => ({ kind, namespace, name: metadata.name }),
    ),
  );
  const byPods = podsOfService(snapshot, service).map(workloadOfPod);
  return uniqueWorkloads([...byTemplate, ...byPods]);
}

/** The Services of its namespace that select a workload's pods. */
export function servicesOfWorkload(
  snapshot: MeshSnapshot,
  workload: WorkloadRef,
): readonly ServiceObject[] {
  const labels = labelsOfWorkload(snapshot, workload);
  const services = groupBy(
    snapshot.inNamespace('Service', workload.namespace),
    firstOfSelector,
  );
  return pairs(labels)
    .flatMap(pair => services.get(pair) ?? [])
    .filter(({ spec }) => hasLabels(labels, spec?.selector ?? {}));
}

/** Of all that a Service selects by, each has the first. */
function firstOfSelector({ spec }: ServiceObject): string[] {
  return pairs(spec?.selector).slice(0, 1);
}

/** Each workload once, in the order of first mention. */
export function uniqueWorkloads(
  workloads: readonly WorkloadRef[],
): WorkloadRef[] {
  const byKey = new Map<string, WorkloadRef>();
  for (const workload of workloads) {
    const key = workloadKey(workload);
    if (!byKey.has(key)) {
      byKey.set(key, workload);
    }
  }
  return [...byKey.values()];
}
