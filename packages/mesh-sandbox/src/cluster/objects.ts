import { KubeObject } from '../store';

export type Labels = Record<string, string>;

export interface Container {
  name: string;
  image?: string;
  args?: string[];
  restartPolicy?: string;
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

/** Deployment or StatefulSet, as far as the sandbox runs them. */
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
  status: {
    phase: string;
    podIP?: string;
    podIPs?: { ip: string }[];
    hostIP?: string;
    startTime?: string;
    conditions: {
      type: string;
      status: string;
      lastTransitionTime?: string;
    }[];
    containerStatuses?: unknown[];
    initContainerStatuses?: unknown[];
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
  addressType: string;
  endpoints: {
    addresses: string[];
    conditions: { ready: boolean; serving: boolean; terminating: boolean };
    nodeName?: string;
    targetRef: { kind: string; namespace?: string; name: string; uid?: string };
  }[];
  ports: { name: string; port: number; protocol: string }[];
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
    pod.status.conditions.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    )
  );
}
