import { KubeObject } from '../store';

export type Labels = Record<string, string>;

export interface Container {
  name: string;
  image?: string;
  args?: string[];
  ports?: { name?: string; containerPort: number; protocol?: string }[];
  [field: string]: unknown;
}

export interface PodSpec {
  serviceAccountName?: string;
  containers: Container[];
  initContainers?: Container[];
  nodeName?: string;
  [field: string]: unknown;
}

/** Deployment, StatefulSet or DaemonSet. */
export interface WorkloadObject extends KubeObject {
  spec: {
    replicas?: number;
    selector: { matchLabels?: Labels };
    template: {
      metadata?: { labels?: Labels; annotations?: Labels };
      spec: PodSpec;
    };
    [field: string]: unknown;
  };
}

export interface PodObject extends KubeObject {
  spec: PodSpec;
  status?: {
    podIP?: string;
    conditions?: { type: string; status: string }[];
  };
}

export interface ServicePort {
  name?: string;
  port: number;
  targetPort?: number | string;
  protocol?: string;
  appProtocol?: string;
}

export interface ServiceObject extends KubeObject {
  spec: {
    type?: string;
    clusterIP?: string;
    selector?: Labels;
    ports?: ServicePort[];
    [field: string]: unknown;
  };
}

export interface EndpointSliceObject extends KubeObject {
  ports: { name: string; port: number }[] | null;
}

/** Whether labels have all of a selector's; an empty selector selects nothing. */
export function selects(selector: Labels | undefined, labels: Labels): boolean {
  const wanted = Object.entries(selector ?? {});
  return (
    wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
  );
}

export function isReady(pod: PodObject): boolean {
  return (
    !pod.metadata.deletionTimestamp &&
    Boolean(
      pod.status?.conditions?.some(
        ({ type, status }) => type === 'Ready' && status === 'True',
      ),
    )
  );
}

/** Whether a pod has an Envoy of Istio's, as a sidecar or as its own container. */
export function hasProxy(spec: PodSpec): boolean {
  return [...spec.containers, ...(spec.initContainers ?? [])].some(
    ({ name }) => name === 'istio-proxy',
  );
}
