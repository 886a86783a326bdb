import type { WorkloadRef } from '../target/Target';
import type { PodObject } from './kinds';

/**
 * The workload that a pod belongs to. A Deployment owns its pods through a ReplicaSet that is named
 * `<deployment>-<pod-template-hash>`; the snapshot holds no ReplicaSets.
 *
 * @returns undefined for pods of Jobs, of other controllers, and of none
 */
export function workloadOfPod(pod: PodObject): WorkloadRef | undefined {
  const { namespace = '', labels, ownerReferences = [] } = pod.metadata;
  for (const { kind, name } of ownerReferences) {
    if (kind === 'StatefulSet' || kind === 'DaemonSet') {
      return { kind, namespace, name };
    }
    const suffix = `-${labels?.['pod-template-hash']}`;
    if (kind === 'ReplicaSet' && name.endsWith(suffix)) {
      return {
        kind: 'Deployment',
        namespace,
        name: name.slice(0, -suffix.length),
      };
    }
  }
  return undefined;
}
