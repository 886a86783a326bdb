import type { WorkloadRef } from '../target/Target';
import type { PodObject } from './kinds';

const WORKLOAD_NAME = 'service.istio.io/workload-name';

/** A CronJob names its Jobs by the minute that they are for. */
const CRON_JOB = /^(.+)-\d{8,10}$/;

/**
 * The workload that a pod belongs to: its controller's own controller, where names and labels tell it, as Istio names
 * it in its metrics. No ReplicaSet, Rollout or Job is looked up, so that their kinds need be neither served nor
 * readable, and owners in a circle lead nowhere.
 *
 * Made from `GetDeployMetaFromPod` in Istio's `pkg/kube/util.go`.
 *
 * @returns the pod itself where nobody controls it
 */
export function workloadOfPod({ metadata }: PodObject): WorkloadRef {
  const { namespace = '', labels = {}, ownerReferences = [] } = metadata;
  // A reference without the field is none that a cluster wrote: manifests and older answers leave it out.
  const owner = ownerReferences.find(({ controller }) => controller ?? true);
  if (!owner || owner.name === '') {
    return { kind: 'Pod', namespace, name: metadata.name };
  }
  const named = (kind: string, name: string) => ({ kind, namespace, name });
  if (owner.kind === 'ReplicaSet') {
    const before = (label: string) =>
      withoutSuffix(owner.name, labels[label] && `-${labels[label]}`);
    const deployment = before('pod-template-hash');
    const rollout = before('rollouts-pod-template-hash');
    if (deployment ?? rollout) {
      return deployment
        ? named('Deployment', deployment)
        : named('Rollout', rollout!);
    }
  }
  if (owner.kind === 'ReplicationController' && labels.deploymentconfig) {
    return named('DeploymentConfig', labels.deploymentconfig);
  }
  const cronJob =
    owner.kind === 'Job' ? owner.name.match(CRON_JOB)?.[1] : undefined;
  return cronJob ? named('CronJob', cronJob) : named(owner.kind, owner.name);
}

/** The names under which Istio's metrics may count a pod's workload. */
export function metricNamesOfPod(pod: PodObject): string[] {
  const { name, labels, generateName } = pod.metadata;
  const given = labels?.[WORKLOAD_NAME];
  if (given) {
    return [given];
  }
  const workload = workloadOfPod(pod);
  // Istio asks only for the controller of a pod whose name was generated.
  return generateName ? [workload.name] : [...new Set([workload.name, name])];
}

function withoutSuffix(
  name: string,
  suffix: string | undefined,
): string | undefined {
  return suffix && name.endsWith(suffix) && name.length > suffix.length
    ? name.slice(0, -suffix.length)
    : undefined;
}
