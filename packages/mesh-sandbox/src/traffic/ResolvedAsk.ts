import {
  ClusterConfig,
  DEFAULT_RETRIES,
  MeshModel,
  MeshPort,
  MeshService,
  Protocol,
  RequestOrigin,
  Route,
  RouteDestination,
  VirtualHost,
  Workload,
} from '../mesh';
import { CallBehaviour } from '../world';

/** What an application asks of the network. */
export type Ask = Pick<
  CallBehaviour,
  'to' | 'method' | 'path' | 'headers' | 'requestBytes' | 'responseBytes'
>;

/** What one workload's ask means in the mesh at one moment, looked up once and not for every request. */
export class ResolvedAsk {
  readonly host: string;
  readonly port: number;
  /** undefined: the name leads to nothing that the mesh knows, as a gateway's outside hosts. */
  readonly service: MeshService | undefined;
  /** The service, or a stand-in that carries the host's name. */
  readonly called: MeshService;
  readonly protocol: Protocol;
  readonly origin: RequestOrigin;
  readonly virtualHost: VirtualHost | undefined;
  /** Where requests go that no VirtualService speaks of. */
  readonly plainRoute: Route;
  private readonly clusters = new Map<
    RouteDestination,
    ClusterConfig | undefined
  >();

  constructor(
    private readonly model: MeshModel,
    private readonly from: Workload,
    ask: Ask,
  ) {
    const colon = ask.to.lastIndexOf(':');
    this.host = ask.to.slice(0, colon);
    this.port = Number(ask.to.slice(colon + 1));
    this.service = model.resolve(this.host, from.namespace);
    this.called = this.service ?? unknownService(this.host, this.port);
    this.protocol = this.portOf(this.called)?.protocol ?? 'http';
    this.origin = model.origin(from);
    this.virtualHost = model.routes.covering(this.origin, this.called.host);
    this.plainRoute = {
      destinations: [
        { host: this.called.host, subset: '', port: this.port, weight: 1 },
      ],
      totalWeight: 1,
      retries: DEFAULT_RETRIES,
      mirrors: [],
    };
  }

  /** The called port of a service. */
  portOf(service: MeshService): MeshPort | undefined {
    return service.ports.find(({ number }) => number === this.port);
  }

  /** @returns undefined where there is no such service, port or subset: Envoy has no such cluster */
  cluster(destination: RouteDestination): ClusterConfig | undefined {
    if (!this.clusters.has(destination)) {
      this.clusters.set(destination, this.locate(destination));
    }
    return this.clusters.get(destination);
  }

  private locate({
    host,
    subset,
    port,
  }: RouteDestination): ClusterConfig | undefined {
    const service = this.model.services.get(host);
    const number =
      port ??
      (service?.ports.length === 1 ? service.ports[0].number : this.port);
    const found = service?.ports.find(one => one.number === number);
    return (
      service &&
      found &&
      this.model.clusters.cluster(this.from.namespace, service, found, subset)
    );
  }
}

function unknownService(host: string, number: number): MeshService {
  return {
    host,
    name: host,
    namespace: 'unknown',
    external: true,
    labels: {},
    ports: [{ number, name: 'http', protocol: 'http', targetPort: number }],
    pods: [],
    selector: {},
  };
}
