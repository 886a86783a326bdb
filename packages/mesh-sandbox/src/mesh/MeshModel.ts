import { EndpointSliceObject, selects } from './kubernetesObjects';
import { ObjectStore } from '../store';
import { Authorization } from './Authorization';
import { ClusterPolicies } from './ClusterPolicies';
import { dnsCandidates, hostCovers } from './hosts';
import { gatewayKey } from './gatewayRoutes';
import { Gateway, MeshSettings } from './istioObjects';
import { RequestOrigin } from './matching';
import { readMeshSettings } from './meshSettings';
import { MeshService, Pod, Workload } from './model';
import { readServices } from './readServices';
import { readWorkloads } from './readWorkloads';
import { RouteTable } from './RouteTable';
import { ServerTls } from './ServerTls';
import { TelemetryPolicies } from './TelemetryPolicies';
import { TracingPolicies } from './TracingPolicies';
import { Waypoints } from './Waypoints';

/** What a cluster's store says of who runs there and what can be called. */
export interface ClusterContents {
  cluster: string;
  store: ObjectStore;
  settings: MeshSettings;
  workloads: ReadonlyMap<string, Workload>;
  /** With the cluster's own pods alone. */
  services: ReadonlyMap<string, MeshService>;
}

/** Reads a cluster's workloads and services. */
export function readCluster(
  store: ObjectStore,
  cluster: string,
): ClusterContents {
  const settings = readMeshSettings(store);
  const workloads = readWorkloads(store, settings, cluster);
  const ports = slicePorts(store);
  const services = readServices(
    store,
    workloads.values(),
    ({ metadata }, port) =>
      ports.get(`${metadata.namespace}/${metadata.name}/${port}`),
  );
  return { cluster, store, settings, workloads, services };
}

/**
 * The mesh at one moment as one cluster's istiod tells its proxies: routes and policies are those of its own cluster's
 * objects, Services have the pods of all clusters.
 */
export class MeshModel {
  readonly cluster: string;
  readonly settings: MeshSettings;
  /** Of this cluster. */
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly services: ReadonlyMap<string, MeshService>;
  readonly clusters: ClusterPolicies;
  readonly routes: RouteTable;
  readonly serverTls: ServerTls;
  readonly authorization: Authorization;
  readonly telemetry: TelemetryPolicies;
  readonly tracing: TracingPolicies;
  readonly waypoints: Waypoints;
  private readonly ztunnels: ReadonlyMap<string, Pod>;
  private readonly gateways: Gateway[];
  private readonly origins = new Map<string, RequestOrigin>();
  private readonly resolved = new Map<string, MeshService | undefined>();

  constructor(own: ClusterContents, others: readonly ClusterContents[] = []) {
    const { store } = own;
    this.cluster = own.cluster;
    this.settings = own.settings;
    this.workloads = own.workloads;
    this.services = withRemotePods(own, others);
    this.waypoints = new Waypoints(store, this.workloads.values());
    this.ztunnels = new Map(
      [...this.workloads.values()]
        .filter(({ kind, app }) => kind === 'DaemonSet' && app === 'ztunnel')
        .flatMap(({ pods }) => pods.map(pod => [pod.node, pod])),
    );
    this.clusters = new ClusterPolicies(store, this.settings);
    this.routes = new RouteTable(store);
    this.serverTls = new ServerTls(store, this.settings);
    this.authorization = new Authorization(store, this.settings);
    this.telemetry = new TelemetryPolicies(store, this.settings);
    this.tracing = new TracingPolicies(store, this.settings);
    this.gateways = store.list<Gateway>('networking.istio.io', 'Gateway');
  }

  /** What an application in a namespace reaches under a name. */
  resolve(host: string, namespace: string): MeshService | undefined {
    const key = `${namespace}|${host}`;
    if (!this.resolved.has(key)) {
      const name = dnsCandidates(host, namespace).find(one =>
        this.services.has(one),
      );
      this.resolved.set(key, name ? this.services.get(name) : undefined);
    }
    return this.resolved.get(key);
  }

  /** The ztunnel on a node. */
  ztunnelOn(node: string): Pod | undefined {
    return this.ztunnels.get(node);
  }

  /** How routes see a workload's requests. */
  origin(workload: Workload): RequestOrigin {
    let origin = this.origins.get(workload.key);
    if (!origin) {
      origin = {
        namespace: workload.namespace,
        labels: workload.labels,
        gateways:
          workload.proxy === 'gateway'
            ? [
                ...this.gateways
                  .filter(({ spec }) =>
                    selects(spec?.selector, workload.labels),
                  )
                  .map(
                    ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
                  ),
                ...ownGateway(workload),
              ]
            : ['mesh'],
      };
      this.origins.set(workload.key, origin);
    }
    return origin;
  }
}

/** The Gateway of the Gateway API that a workload was deployed for. */
function ownGateway({ namespace, labels }: Workload): string[] {
  const name = labels['gateway.networking.k8s.io/gateway-name'];
  return name === undefined ? [] : [gatewayKey(namespace, name)];
}

/** A Service of the same name and namespace is the same in every cluster of a mesh. */
function withRemotePods(
  own: ClusterContents,
  others: readonly ClusterContents[],
): ReadonlyMap<string, MeshService> {
  if (others.length === 0) {
    return own.services;
  }
  const services = new Map(own.services);
  const isLocal = (host: string) =>
    own.settings.clusterLocalHosts.some(one => hostCovers(one, host));
  for (const remote of others) {
    for (const [host, service] of remote.services) {
      if (!service.external && !isLocal(host)) {
        const known = services.get(host) ?? { ...service, pods: [] };
        services.set(host, {
          ...known,
          pods: [...known.pods, ...service.pods],
        });
      }
    }
  }
  return services;
}

/** Container ports behind named target ports, by `<namespace>/<service>/<port name>`. */
function slicePorts(store: ObjectStore): Map<string, number> {
  const ports = new Map<string, number>();
  for (const slice of store.list<EndpointSliceObject>(
    'discovery.k8s.io',
    'EndpointSlice',
  )) {
    const service = slice.metadata.labels?.['kubernetes.io/service-name'];
    for (const { name, port } of slice.ports ?? []) {
      ports.set(`${slice.metadata.namespace}/${service}/${name}`, port);
    }
  }
  return ports;
}
