import { EndpointSliceObject, selects } from './kubernetesObjects';
import { ObjectStore } from '../store';
import { Authorization } from './Authorization';
import { ClusterPolicies } from './ClusterPolicies';
import { dnsCandidates } from './hosts';
import { Gateway, MeshSettings } from './istioObjects';
import { RequestOrigin } from './matching';
import { readMeshSettings } from './meshSettings';
import { MeshService, Workload } from './model';
import { readServices } from './readServices';
import { readWorkloads } from './readWorkloads';
import { RouteTable } from './RouteTable';
import { ServerTls } from './ServerTls';
import { TelemetryPolicies } from './TelemetryPolicies';
import { TracingPolicies } from './TracingPolicies';

/** The mesh as the store's objects make it at one moment: what istiod would tell the proxies. */
export class MeshModel {
  readonly settings: MeshSettings;
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly services: ReadonlyMap<string, MeshService>;
  readonly clusters: ClusterPolicies;
  readonly routes: RouteTable;
  readonly serverTls: ServerTls;
  readonly authorization: Authorization;
  readonly telemetry: TelemetryPolicies;
  readonly tracing: TracingPolicies;
  private readonly gateways: Gateway[];
  private readonly origins = new Map<string, RequestOrigin>();
  private readonly resolved = new Map<string, MeshService | undefined>();

  constructor(store: ObjectStore) {
    this.settings = readMeshSettings(store);
    this.workloads = readWorkloads(store, this.settings);
    const ports = slicePorts(store);
    this.services = readServices(
      store,
      this.workloads.values(),
      ({ metadata }, port) =>
        ports.get(`${metadata.namespace}/${metadata.name}/${port}`),
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

  /** How routes see a workload's requests. */
  origin(workload: Workload): RequestOrigin {
    let origin = this.origins.get(workload.key);
    if (!origin) {
      origin = {
        namespace: workload.namespace,
        labels: workload.labels,
        gateways:
          workload.proxy === 'gateway'
            ? this.gateways
                .filter(({ spec }) => selects(spec?.selector, workload.labels))
                .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
            : ['mesh'],
      };
      this.origins.set(workload.key, origin);
    }
    return origin;
  }
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
