/** A pod as the mesh sees it. */
export interface Pod {
  /** `<cluster>/<namespace>/<name>`, the key of what the sandbox remembers of it between snapshots. */
  key: string;
  name: string;
  ip: string;
  node: string;
  ready: boolean;
  workload: Workload;
}

/** Deployment or StatefulSet with its pods and its identity in metrics. */
export interface Workload {
  /** `<namespace>/<name>`: one of that key may be in each cluster. */
  key: string;
  /** The cluster's name in metrics. */
  cluster: string;
  kind: string;
  namespace: string;
  name: string;
  /** Labels of the pod template. */
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** `unknown` where pods have no such label, as Istio reports it. */
  app: string;
  version: string;
  canonicalService: string;
  canonicalRevision: string;
  serviceAccount: string;
  /** `spiffe://...`, or `unknown` without a proxy. */
  principal: string;
  proxy: DataPlane;
  pods: Pod[];
}

/** What carries a workload's traffic: nothing of Istio's, an Envoy of its own, or (`ztunnel`) its node's. */
export type DataPlane = 'none' | 'sidecar' | 'gateway' | 'waypoint' | 'ztunnel';

/** Whether a workload's pods run an Envoy, which istiod configures and which has statistics and a certificate. */
export function hasEnvoy({ proxy }: Workload): boolean {
  return proxy !== 'none' && proxy !== 'ztunnel';
}

export type Protocol = 'http' | 'grpc' | 'tcp';

export interface MeshPort {
  number: number;
  name: string;
  protocol: Protocol;
  /** The pods' port. */
  targetPort: number;
}

/** What can be called: a Service, or a host of a ServiceEntry. */
export interface MeshService {
  host: string;
  name: string;
  namespace: string;
  external: boolean;
  ports: MeshPort[];
  /** The ServiceEntry that names the host. */
  entry?: string;
  labels: Readonly<Record<string, string>>;
  /** The pods that it selects, ready or not; those of other clusters too. */
  pods: Pod[];
  selector: Readonly<Record<string, string>>;
}

/** Istio tells a port's protocol by its `appProtocol`, else by the first part of its name. */
export function protocolOf(
  name: string | undefined,
  appProtocol: string | undefined,
): Protocol {
  const said = (appProtocol ?? name?.split('-', 1)[0] ?? '').toLowerCase();
  if (said.startsWith('grpc')) {
    return 'grpc';
  }
  if (/^(https|tls|tcp|mongo|mysql|redis|udp)$/.test(said)) {
    return 'tcp';
  }
  return 'http';
}
