import type { KubernetesObject, MeshKind } from '../../kubernetes/kinds';

/** A workload with its pods, in short. */
export interface WorkloadSpec {
  name: string;
  app: string;
  namespace?: string;
  version?: string;
  replicas?: number;
  ready?: number;
  proxy?: boolean;
}

interface TestPod extends KubernetesObject {
  status: { phase: string; ready: boolean };
}

type Objects = Record<
  'Namespace' | 'Service' | 'Deployment' | 'Pod' | 'EndpointSlice',
  KubernetesObject[]
>;

/** Deployments with pods, and for every service name the Service and its EndpointSlice that select the app. */
export function meshObjects(
  workloads: readonly WorkloadSpec[],
  services: readonly string[],
): Objects & Partial<Record<MeshKind, KubernetesObject[]>> {
  const pods = workloads.flatMap(podsOf);
  return {
    Namespace: [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ai' } },
    ],
    Deployment: workloads.map(workload => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: pick(workload),
      spec: { template: { metadata: { labels: labelsOf(workload) } } },
    })),
    Pod: pods,
    Service: services.map(service => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: nameOf(service),
      spec: { selector: { app: nameOf(service).name } },
    })),
    EndpointSlice: services.map(service => {
      const { namespace, name } = nameOf(service);
      return {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          namespace,
          name: `${name}-1`,
          labels: { 'kubernetes.io/service-name': name },
        },
        endpoints: pods
          .filter(
            ({ metadata }) =>
              metadata.namespace === namespace && metadata.labels?.app === name,
          )
          .map(pod => ({
            addresses: ['10.0.0.1'],
            conditions: { ready: pod.status.ready },
            targetRef: { kind: 'Pod', name: pod.metadata.name },
          })),
      };
    }),
  };
}

function podsOf(workload: WorkloadSpec): TestPod[] {
  const { name, namespace = 'ai', replicas = 1, ready = replicas } = workload;
  return Array.from({ length: replicas }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace,
      name: `${name}-abc-${index}`,
      labels: { ...labelsOf(workload), 'pod-template-hash': 'abc' },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${name}-abc` },
      ],
    },
    spec: {
      containers: workload.proxy === false ? ['app'] : ['app', 'istio-proxy'],
    },
    status: { phase: 'Running', ready: index < ready },
  }));
}

function labelsOf({ app, version }: WorkloadSpec): Record<string, string> {
  return { app, ...(version && { version }) };
}

function pick({ name, namespace = 'ai' }: WorkloadSpec) {
  return { name, namespace };
}

function nameOf(service: string): { namespace: string; name: string } {
  const [first, second] = service.split('/');
  return second === undefined
    ? { namespace: 'ai', name: first }
    : { namespace: first, name: second };
}
