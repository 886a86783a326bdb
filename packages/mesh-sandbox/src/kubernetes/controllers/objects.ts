import { KubeObject } from '../../store/KubeObject';

/** The parts of built-in objects that the controllers read and write. */
export interface Container {
  name: string;
  image?: string;
  args?: string[];
  restartPolicy?: string;
  ports?: { name?: string; containerPort: number; protocol?: string }[];
  resources?: unknown;
}

export interface PodSpec {
  containers: Container[];
  initContainers?: Container[];
  nodeName?: string;
  serviceAccountName?: string;
  restartPolicy?: string;
}

export interface PodTemplate {
  metadata?: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: PodSpec;
}

export interface Condition {
  type: string;
  status: 'True' | 'False';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

export interface Pod extends KubeObject {
  spec: PodSpec;
  status?: { phase?: string; podIP?: string; conditions?: Condition[] };
}

/** ReplicaSet, StatefulSet or DaemonSet; a Deployment has the same shape and owns ReplicaSets instead of pods. */
export interface Workload extends KubeObject {
  spec: {
    replicas?: number;
    selector: { matchLabels?: Record<string, string> };
    template: PodTemplate;
  };
  status?: {
    replicas?: number;
    readyReplicas?: number;
    conditions?: Condition[];
  };
}

export interface ServicePort {
  name?: string;
  port: number;
  targetPort?: number | string;
  protocol?: string;
  appProtocol?: string;
}

export interface Service extends KubeObject {
  spec: {
    type?: string;
    clusterIP?: string;
    clusterIPs?: string[];
    selector?: Record<string, string>;
    ports?: ServicePort[];
  };
}

export interface EndpointSlice extends KubeObject {
  addressType: 'IPv4';
  /** `null` where no pod is selected, as real API servers write it. */
  endpoints: Endpoint[] | null;
  ports: EndpointPort[] | null;
}

export interface Endpoint {
  addresses: string[];
  conditions: { ready: boolean; serving: boolean; terminating: boolean };
  nodeName?: string;
  targetRef: { kind: 'Pod'; namespace?: string; name: string; uid?: string };
}

export interface EndpointPort {
  name: string;
  port: number;
  protocol: string;
  appProtocol?: string;
}

/** On a workload or a pod: its pods run, but are not ready. */
export const unreadyAnnotation = 'mesh-sandbox.io/unready';

export function isReady({ status }: Pod): boolean {
  return Boolean(
    status?.conditions?.some(
      ({ type, status: held }) => type === 'Ready' && held === 'True',
    ),
  );
}

/** A condition that keeps the time of its last transition while its status stays. */
export function withTransitionTime(
  conditions: readonly Condition[],
  before: readonly Condition[] | undefined,
  now: string,
): Condition[] {
  return conditions.map(condition => {
    const known = before?.find(({ type }) => type === condition.type);
    return {
      ...condition,
      lastTransitionTime:
        (known?.status === condition.status && known.lastTransitionTime) || now,
    };
  });
}
