import {
  DEFAULT_RETRIES,
  MeshPort,
  MeshService,
  Pod,
  Protocol,
  Route,
  RouteDestination,
} from '../mesh';
import { CallBehaviour } from '../world';
import { connect } from './connect';
import { InboundProxy, responseBytes } from './InboundProxy';
import { answerOf, MeshRequest, MeshResponse, Pending } from './messages';
import { OutboundRequest } from './OutboundRequest';
import { openConnection } from './openConnection';
import { TrafficContext } from './TrafficContext';
import { drawWork } from './work';

/** What an application asks of the network. */
export type Ask = Pick<
  CallBehaviour,
  'to' | 'method' | 'path' | 'headers' | 'requestBytes' | 'responseBytes'
>;

type Done = (response: MeshResponse) => void;

const PLAIN_ROUTE: Omit<Route, 'destinations'> = {
  totalWeight: 1,
  retries: DEFAULT_RETRIES,
  mirrors: [],
};

/** The caller's side: from what an application asks to a request on a cluster. */
export class OutboundProxy {
  constructor(
    private readonly context: TrafficContext,
    private readonly inbound: InboundProxy,
  ) {}

  /** Sends a request of a pod's application. `done` is called once, also when it gave up after `timeoutMs`. */
  send(
    from: Pod,
    ask: Ask,
    inherited: Readonly<Record<string, string>>,
    timeoutMs: number | undefined,
    done: Done,
  ): void {
    const { simulation, model } = this.context;
    const [host, port] = splitAddress(ask.to);
    const service = model.resolve(host, from.workload.namespace);
    const protocol =
      service?.ports.find(({ number }) => number === port)?.protocol ?? 'http';
    const request = this.request(ask, host, protocol, inherited);
    let over = false;
    const once = (response: MeshResponse) => {
      if (!over) {
        over = true;
        done(response);
      }
    };
    if (protocol === 'tcp' && service && !service.external) {
      openConnection(this.context, from, service, port, request, once);
      return;
    }
    const pending =
      from.workload.proxy === 'none'
        ? this.sendDirectly(from, service, port, request, once)
        : this.sendThroughProxy(
            from,
            service ?? unknownService(host, port),
            port,
            request,
            once,
          );
    if (timeoutMs !== undefined && !over) {
      simulation.schedule(timeoutMs, () => {
        if (!over) {
          once({ status: 504 });
          pending.abort();
        }
      });
    }
  }

  private request(
    ask: Ask,
    authority: string,
    protocol: Protocol,
    inherited: Readonly<Record<string, string>>,
  ): MeshRequest {
    const { random } = this.context;
    return {
      protocol,
      method: ask.method,
      path: ask.path,
      authority,
      headers:
        Object.keys(ask.headers).length > 0
          ? { ...inherited, ...ask.headers }
          : inherited,
      requestBytes: Math.ceil(random.lognormal(ask.requestBytes)),
      responseBytes: Math.ceil(random.lognormal(ask.responseBytes)),
    };
  }

  private sendThroughProxy(
    from: Pod,
    called: MeshService,
    port: number,
    request: MeshRequest,
    done: Done,
  ): Pending {
    const { model, simulation, random } = this.context;
    const startedAt = simulation.now;
    const route =
      model.routes.route(
        model.origin(from.workload),
        called.host,
        port,
        request,
      ) ?? plainRoute(called, port);
    if (route === 'no-rule') {
      return this.answer(from, called, request, 404, 'NR', startedAt, done);
    }
    const { fault } = route;
    const delayed = fault !== undefined && random.chance(fault.delayRatio);
    const flags = delayed ? ['DI'] : [];
    let pending: Pending | undefined;
    let aborted = false;
    const proceed = () => {
      if (aborted) {
        return;
      }
      if (fault && random.chance(fault.abortRatio)) {
        const status = fault.abortStatus ?? 200;
        const all = [...flags, 'FI'].join(',');
        this.answer(from, called, request, status, all, startedAt, done);
        return;
      }
      pending = this.follow(from, called, port, route, request, flags, done);
    };
    if (delayed) {
      simulation.schedule(fault.delayMs, proceed);
    } else {
      proceed();
    }
    return {
      abort() {
        aborted = true;
        pending?.abort();
      },
    };
  }

  /** Takes one of the route's destinations; retries stay with it, as in Envoy. */
  private follow(
    from: Pod,
    called: MeshService,
    port: number,
    route: Route,
    request: MeshRequest,
    flags: string[],
    done: Done,
  ): Pending {
    const { model, simulation, random } = this.context;
    const { now } = simulation;
    if (route.directStatus !== undefined) {
      return this.answer(
        from,
        called,
        request,
        route.directStatus,
        '-',
        now,
        done,
      );
    }
    if (route.totalWeight <= 0) {
      return this.answer(from, called, request, 503, 'NC', now, done);
    }
    const destination = random.weighted(route.destinations, route.totalWeight);
    const found = this.locate(from, destination, port);
    if (!found) {
      const service = model.services.get(destination.host) ?? called;
      const flag = called.namespace === 'unknown' ? 'NR' : 'NC';
      const status = flag === 'NR' ? 404 : 503;
      return this.answer(from, service, request, status, flag, now, done);
    }
    const sent = altered(request, route, destination, found.port.protocol);
    this.mirror(from, port, route, sent);
    const outbound = new OutboundRequest(
      this.context,
      this.inbound,
      { from, route, cluster: found, request: sent },
      flags,
      done,
      now,
    );
    outbound.start();
    return outbound;
  }

  private locate(
    from: Pod,
    { host, subset, port }: RouteDestination,
    asked: number,
  ) {
    const { model } = this.context;
    const service = model.services.get(host);
    const number =
      port ?? (service?.ports.length === 1 ? service.ports[0].number : asked);
    const found = service?.ports.find(one => one.number === number);
    return service && found
      ? model.clusters.cluster(from.workload.namespace, service, found, subset)
      : undefined;
  }

  /** Mirrored requests are sent and forgotten; only the mirror's own proxy reports them. */
  private mirror(from: Pod, port: number, route: Route, request: MeshRequest) {
    const { random } = this.context;
    for (const { destination, ratio } of route.mirrors) {
      const cluster = random.chance(ratio)
        ? this.locate(from, destination, port)
        : undefined;
      if (cluster && cluster.pods.length > 0) {
        const to = random.pick(cluster.pods);
        const connection = connect(this.context, from, cluster, to);
        if (connection !== 'refused') {
          this.inbound.deliver(
            {
              from,
              to,
              service: cluster.service,
              port: cluster.port.targetPort,
              mutualTls: connection === 'mutual-tls',
              request,
            },
            () => undefined,
          );
        }
      }
    }
  }

  /** Without a proxy, Kubernetes takes any pod of the Service: routes, subsets and breakers do not exist. */
  private sendDirectly(
    from: Pod,
    service: MeshService | undefined,
    portNumber: number,
    request: MeshRequest,
    done: Done,
  ): Pending {
    const { random, behaviours, simulation, model } = this.context;
    const port = service?.ports.find(({ number }) => number === portNumber);
    if (service?.external) {
      const work = drawWork(
        this.context,
        service.host,
        behaviours.external(service.host),
        request.headers['x-ai-model'],
      );
      const answered = simulation.schedule(work.durationMs, () => done(work));
      return { abort: () => answered.cancel() };
    }
    const ready = service?.pods.filter(pod => pod.ready) ?? [];
    if (!service || !port || ready.length === 0) {
      done({ status: 0 });
      return { abort: () => undefined };
    }
    const to = random.pick(ready);
    const cluster = model.clusters.cluster(
      from.workload.namespace,
      service,
      port,
      '',
    );
    if (!cluster || connect(this.context, from, cluster, to) === 'refused') {
      // The callee's proxy closes the connection before there is a request that anybody could count.
      done({ status: 0 });
      return { abort: () => undefined };
    }
    return this.inbound.deliver(
      { from, to, service, port: port.targetPort, mutualTls: false, request },
      done,
    );
  }

  /** The proxy answers by itself, without a host. */
  private answer(
    from: Pod,
    service: MeshService,
    request: MeshRequest,
    status: number,
    flags: string,
    startedAt: number,
    done: Done,
  ): Pending {
    const response = answerOf(request.protocol, status);
    this.context.observer.request({
      reporter: 'source',
      protocol: request.protocol,
      source: from.workload,
      service,
      status: response.status,
      grpcStatus: response.grpcStatus,
      flags,
      mutualTls: false,
      durationMs: this.context.simulation.now - startedAt,
      requestBytes: request.requestBytes,
      responseBytes: responseBytes(request, response.status),
    });
    done(response);
    return { abort: () => undefined };
  }
}

function splitAddress(address: string): [string, number] {
  const colon = address.lastIndexOf(':');
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}

function plainRoute(service: MeshService, port: number): Route {
  return {
    ...PLAIN_ROUTE,
    destinations: [{ host: service.host, subset: '', port, weight: 1 }],
  };
}

/** A host that no object declares: a gateway's outside name, or a name that does not exist. */
function unknownService(host: string, number: number): MeshService {
  const port: MeshPort = {
    number,
    name: 'http',
    protocol: 'http',
    targetPort: number,
  };
  return {
    host,
    name: host,
    namespace: 'unknown',
    external: true,
    ports: [port],
    pods: [],
    selector: {},
  };
}

function altered(
  request: MeshRequest,
  { rewriteUri }: Route,
  { setHeaders }: RouteDestination,
  protocol: Protocol,
): MeshRequest {
  if (!setHeaders && !rewriteUri && request.protocol === protocol) {
    return request;
  }
  const headers = { ...request.headers };
  for (const [name, value] of Object.entries(setHeaders ?? {})) {
    headers[name.toLowerCase()] = value;
  }
  return { ...request, protocol, headers, path: rewriteUri ?? request.path };
}
