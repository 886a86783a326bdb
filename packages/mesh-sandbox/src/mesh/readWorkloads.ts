import {
  hasProxy,
  isReady,
  PodObject,
  WorkloadObject,
} from './kubernetesObjects';
import { ObjectStore } from '../store';
import { MeshSettings } from './istioObjects';
import { Workload } from './model';

/** The workloads of the store with their pods, by `<namespace>/<name>`. */
export function readWorkloads(
  store: ObjectStore,
  { trustDomain }: MeshSettings,
): Map<string, Workload> {
  const workloads = new Map<string, Workload>();
  const ownerOfSet = new Map<string, string>();
  for (const { metadata } of store.list('apps', 'ReplicaSet')) {
    const owner = metadata.ownerReferences?.find(one => one.controller);
    if (owner) {
      ownerOfSet.set(
        `${metadata.namespace}/${metadata.name}`,
        `${metadata.namespace}/${owner.name}`,
      );
    }
  }
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
    for (const object of store.list<WorkloadObject>('apps', kind)) {
      const workload = describeWorkload(object);
      workloads.set(workload.key, workload);
    }
  }
  for (const pod of store.list<PodObject>('', 'Pod')) {
    const { namespace, name } = pod.metadata;
    const owner = pod.metadata.ownerReferences?.find(one => one.controller);
    const ownerKey = `${namespace}/${owner?.name}`;
    const workload = workloads.get(ownerOfSet.get(ownerKey) ?? ownerKey);
    if (workload && !pod.metadata.deletionTimestamp) {
      workload.pods.push({
        key: `${namespace}/${name}`,
        name,
        ip: pod.status?.podIP ?? '',
        ready: isReady(pod),
        workload,
      });
      if (hasProxy(pod.spec)) {
        workload.proxy = isGateway(pod) ? 'gateway' : 'sidecar';
        workload.principal = `spiffe://${trustDomain}/ns/${namespace}/sa/${workload.serviceAccount}`;
      }
    }
  }
  return workloads;
}

/** A gateway's proxy is its pod's own container, a sidecar's is added to others. */
function isGateway({ spec }: PodObject): boolean {
  return spec.containers.every(({ name }) => name === 'istio-proxy');
}

function describeWorkload({ kind, metadata, spec }: WorkloadObject): Workload {
  const labels = spec.template.metadata?.labels ?? {};
  const { name, namespace = '' } = metadata;
  return {
    key: `${namespace}/${name}`,
    kind,
    namespace,
    name,
    labels,
    annotations: spec.template.metadata?.annotations ?? {},
    app: labels.app ?? labels['app.kubernetes.io/name'] ?? 'unknown',
    version: labels.version ?? labels['app.kubernetes.io/version'] ?? 'unknown',
    canonicalService:
      labels['service.istio.io/canonical-name'] ??
      labels['app.kubernetes.io/name'] ??
      labels.app ??
      name,
    canonicalRevision:
      labels['service.istio.io/canonical-revision'] ??
      labels['app.kubernetes.io/version'] ??
      labels.version ??
      'latest',
    serviceAccount: spec.template.spec.serviceAccountName ?? 'default',
    principal: 'unknown',
    proxy: 'none',
    pods: [],
  };
}
