/**
 * The kinds that a snapshot holds, stripped to the fields in use.
 *
 * These shapes promise nothing about `spec` of Istio's kinds beyond its being there or not: a cluster may hold
 * objects that no schema would allow, and whoever reads them must say "unreadable" instead of throwing.
 */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  /** Of pods alone: what their name begins with, where the cluster made it up. */
  generateName?: string;
  ownerReferences?: {
    apiVersion: string;
    kind: string;
    name: string;
    controller?: boolean;
  }[];
}

export interface KubernetesObject<Spec = unknown> {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: Spec;
}

export type NamespaceObject = KubernetesObject;

export interface ServiceObject extends KubernetesObject<{
  type?: string;
  clusterIP?: string;
  externalName?: string;
  selector?: Record<string, string>;
  ports?: {
    name?: string;
    port: number;
    targetPort?: number | string;
    protocol?: string;
    appProtocol?: string;
  }[];
  /** How many more ports it has than are kept. */
  morePorts?: number;
}> {
  /** Istio's own conditions alone. */
  status?: { conditions?: unknown[] };
}

/** Deployment, StatefulSet or DaemonSet. */
export interface WorkloadObject extends KubernetesObject<{
  replicas?: number;
  selector?: { matchLabels?: Record<string, string> };
  template?: {
    metadata?: {
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
    };
    spec?: { serviceAccountName?: string };
  };
}> {
  status?: { replicas?: number; readyReplicas?: number };
}

/** A container that is told to listen on a loopback address. */
export interface LocalListener {
  container: string;
  /** As its arguments or its environment have it: `--host 127.0.0.1`. */
  told: string;
  /** That it is told to listen on, or else those that it declares. */
  ports: number[];
}

export interface PodObject extends KubernetesObject<{
  serviceAccountName?: string;
  /** Names of all containers, init containers included (a native sidecar is one of those). */
  containers: string[];
  ports?: { name?: string; containerPort: number }[];
  hostNetwork?: boolean;
  /** What its containers are told to listen on where only they themselves can call. */
  localListeners?: LocalListener[];
  /** Containers of which that is not known: their arguments are too long to be read. */
  unreadArguments?: string[];
}> {
  status?: { phase?: string; podIP?: string; ready?: boolean };
}

export interface EndpointSliceObject extends KubernetesObject {
  endpoints?: {
    addresses?: string[];
    conditions?: { ready?: boolean };
    zone?: string;
    nodeName?: string;
    targetRef?: { kind?: string; namespace?: string; name?: string };
  }[];
  ports?: { name?: string; port?: number; protocol?: string }[];
}

/** One of a control plane's; only its mesh configuration is kept. */
export interface ConfigMapObject extends KubernetesObject {
  /** `mesh`: YAML. */
  data?: {
    mesh?: string;
    /** Of an injector's: it puts proxies into namespaces that say nothing. */
    injectsByDefault?: boolean | 'too long';
  };
}

/** An object of Istio's or the Gateway API's, kept whole but for managed fields. */
export type ConfigObject = KubernetesObject<Record<string, unknown>>;

export interface MeshKinds {
  Namespace: NamespaceObject;
  Service: ServiceObject;
  Deployment: WorkloadObject;
  StatefulSet: WorkloadObject;
  DaemonSet: WorkloadObject;
  Pod: PodObject;
  EndpointSlice: EndpointSliceObject;
  /** Of the root namespace alone. */
  ConfigMap: ConfigMapObject;
  HorizontalPodAutoscaler: ConfigObject;
  VirtualService: ConfigObject;
  DestinationRule: ConfigObject;
  /** networking.istio.io */
  Gateway: ConfigObject;
  ServiceEntry: ConfigObject;
  Sidecar: ConfigObject;
  PeerAuthentication: ConfigObject;
  RequestAuthentication: ConfigObject;
  AuthorizationPolicy: ConfigObject;
  Telemetry: ConfigObject;
  /** Whom it is for, and nothing of what it runs. */
  WasmPlugin: ConfigObject;
  /** gateway.networking.k8s.io; named apart from Istio's Gateway. */
  KubernetesGateway: ConfigObject;
  HTTPRoute: ConfigObject;
  GRPCRoute: ConfigObject;
  ReferenceGrant: ConfigObject;
  /** The Gateway API's inference extension. */
  InferencePool: ConfigObject;
}

export type MeshKind = keyof MeshKinds;
