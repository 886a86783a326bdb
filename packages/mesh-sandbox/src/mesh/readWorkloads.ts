import {
  hasProxy,
  isReady,
  PodObject,
  WorkloadObject,
} from './kubernetesObjects';
import { ObjectStore } from '../store';
import { MeshSettings } from './istioObjects';
import { DataPlane, Workload } from './model';

const WAYPOINT_CONTROLLER = 'istio.io-mesh-controller';

/** The workloads of a cluster's store with their pods, by `<namespace>/<name>`. */
export function readWorkloads(
  store: ObjectStore,
  { trustDomain }: MeshSettings,
  cluster: string,
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
      const workload = describeWorkload(object, cluster);
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
        key: `${cluster}/${namespace}/${name}`,
        name,
        ip: pod.status?.podIP ?? '',
        node: pod.spec.nodeName ?? '',
        ready: isReady(pod),
        workload,
      });
      const proxy = dataPlaneOf(pod);
      if (proxy !== 'none') {
        workload.proxy = proxy;
        workload.principal = `spiffe://${trustDomain}/ns/${namespace}/sa/${workload.serviceAccount}`;
      }
    }
  }
  return workloads;
}

/** A gateway's proxy is its pod's own container, a sidecar's is added to others; ztunnel's is none of the pod's. */
function dataPlaneOf({ metadata, spec }: PodObject): DataPlane {
  if (!hasProxy(spec)) {
    return metadata.annotations?.['ambient.istio.io/redirection'] === 'enabled'
      ? 'ztunnel'
      : 'none';
  }
  if (metadata.labels?.['gateway.istio.io/managed'] === WAYPOINT_CONTROLLER) {
    return 'waypoint';
  }
  if (spec.containers.some(({ args }) => args?.includes('ztunnel'))) {
    // It carries others' traffic, and is no part of the mesh itself.
    return 'none';
  }
  return spec.containers.every(({ name }) => name === 'istio-proxy')
    ? 'gateway'
    : 'sidecar';
}

function describeWorkload(
  { kind, metadata, spec }: WorkloadObject,
  cluster: string,
): Workload {
  const labels = spec.template.metadata?.labels ?? {};
  const { name, namespace = '' } = metadata;
  return {
    key: `${namespace}/${name}`,
    cluster,
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
