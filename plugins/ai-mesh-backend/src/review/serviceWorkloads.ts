import type {
  KubernetesObject,
  PodObject,
  WorkloadObject,
} from '../kubernetes/kinds';
import { hasLabels, withTemplateLabels } from '../kubernetes/labels';
import { podsOfService } from '../kubernetes/podsOfService';
import { objectName } from '../routes/objectRef';
import type { ConfigObject } from '../kubernetes/kinds';
import type { ReviewSubject } from './ReviewSubject';

/** What runs behind a service: a Deployment or the like with its pods, or a pod of anything else. */
export interface ServiceWorkload {
  readonly object: KubernetesObject;
  readonly name: string;
  /** As its pods carry them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly pods: readonly PodObject[];
}

/** The workloads that a service's selector takes pods of, with those that have none at the moment. */
export function serviceWorkloads({
  snapshot,
  object: service,
}: ReviewSubject): ServiceWorkload[] {
  const { namespace = '' } = service.metadata;
  const pods = podsOfService(snapshot, service).filter(isAlive);
  const owners = (['Deployment', 'StatefulSet', 'DaemonSet'] as const)
    .flatMap(kind =>
      withTemplateLabels(
        snapshot.inNamespace(kind, namespace),
        service.spec?.selector ?? {},
      ),
    )
    .map(object => {
      const labels = object.spec?.template?.metadata?.labels ?? {};
      return workload(
        object,
        labels,
        pods.filter(({ metadata }) => hasLabels(metadata.labels, labels)),
      );
    });
  const owned = new Set(owners.flatMap(owner => owner.pods));
  return [
    ...owners,
    ...pods
      .filter(pod => !owned.has(pod))
      .map(pod => workload(pod, pod.metadata.labels ?? {}, [pod])),
  ];
}

function workload(
  object: WorkloadObject | PodObject,
  labels: Readonly<Record<string, string>>,
  pods: readonly PodObject[],
): ServiceWorkload {
  return { object, name: objectName(object as ConfigObject), labels, pods };
}

export function isAlive({ status }: PodObject): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}
