import { ObjectStore } from '../store';
import { WaypointGateway } from './istioObjects';
import { MeshService, Workload } from './model';

const USE = 'istio.io/use-waypoint';
const USE_NAMESPACE = 'istio.io/use-waypoint-namespace';

/** Which waypoint a service's traffic goes through, by the labels of the service, else of its namespace. */
export class Waypoints {
  private readonly gateways: ReadonlyMap<string, WaypointGateway>;
  private readonly byGateway = new Map<string, Workload>();
  private readonly namespaceLabels: ReadonlyMap<string, Record<string, string>>;

  constructor(store: ObjectStore, workloads: Iterable<Workload>) {
    this.gateways = new Map(
      store
        .list<WaypointGateway>('gateway.networking.k8s.io', 'Gateway')
        .filter(({ spec }) => spec?.gatewayClassName === 'istio-waypoint')
        .map(one => [`${one.metadata.namespace}/${one.metadata.name}`, one]),
    );
    this.namespaceLabels = new Map(
      store
        .list('', 'Namespace')
        .map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
    );
    for (const workload of workloads) {
      const name = workload.labels['gateway.networking.k8s.io/gateway-name'];
      // One that has no pod stands before its services all the same: istiod goes by the Gateway's address.
      const isWaypoint =
        workload.proxy === 'waypoint' || workload.pods.length === 0;
      if (isWaypoint && name) {
        this.byGateway.set(`${workload.namespace}/${name}`, workload);
      }
    }
  }

  /** @returns undefined where none is asked for, or what is asked for does not exist or does not serve it */
  of({ labels, namespace }: MeshService): Workload | undefined {
    const source =
      labels[USE] === undefined ? this.namespaceLabels.get(namespace) : labels;
    const name = source?.[USE];
    if (!name || name === 'none') {
      return undefined;
    }
    const owner = source[USE_NAMESPACE] ?? namespace;
    const gateway = this.gateways.get(`${owner}/${name}`);
    return gateway && serves(gateway, namespace)
      ? this.byGateway.get(`${owner}/${name}`)
      : undefined;
  }
}

function serves(
  { metadata, spec }: WaypointGateway,
  namespace: string,
): boolean {
  const traffic = metadata.labels?.['istio.io/waypoint-for'] ?? 'service';
  const open = (spec?.listeners ?? []).some(
    ({ allowedRoutes }) => allowedRoutes?.namespaces?.from === 'All',
  );
  return (
    (traffic === 'service' || traffic === 'all') &&
    (metadata.namespace === namespace || open)
  );
}
