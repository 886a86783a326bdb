import {
  matchRoute,
  MeshService,
  Pod,
  Protocol,
  Route,
  RouteDestination,
  Workload,
} from '../mesh';
import { alterAnswer } from './alterAnswer';
import { connect } from './connect';
import { lacksPicker } from './endpointPicker';
import { InboundProxy, responseBytes } from './InboundProxy';
import { answerOf, MeshRequest, MeshResponse, Pending } from './messages';
import { OutboundRequest } from './OutboundRequest';
import { ResolvedAsk } from './ResolvedAsk';
import { TrafficContext } from './TrafficContext';
import { withSpan } from './withSpan';

/** Whose proxy sends, and what. */
export interface Sender {
  context: TrafficContext;
  inbound: InboundProxy;
  from: Pod;
  /** Whom a waypoint sends for. */
  caller?: Workload;
  ask: ResolvedAsk;
}

interface Sending extends Sender {
  request: MeshRequest;
  done: (response: MeshResponse) => void;
  startedAt: number;
}

const NOTHING: Pending = { abort: () => undefined };

/** Sends a request through an Envoy: finds its route, injects faults, and follows the route. */
export function sendThroughProxy(
  sender: Sender,
  asked: MeshRequest,
  done: (response: MeshResponse) => void,
): Pending {
  const { context, from, ask } = sender;
  const { simulation, random } = context;
  const startedAt = simulation.now;
  const request = withSpan(context, from.workload, asked);
  const sending = { ...sender, request, done, startedAt };
  const route = ask.virtualHost
    ? matchRoute(ask.virtualHost, ask.origin, ask.port, request)
    : ask.plainRoute;
  if (!route) {
    return answerItself(sending, ask.called, 404, 'NR');
  }
  const { fault } = route;
  if (!fault) {
    return follow(sending, route, []);
  }
  const delayed = random.chance(fault.delayRatio);
  const flags = delayed ? ['DI'] : [];
  let pending: Pending | undefined;
  let aborted = false;
  const proceed = () => {
    if (aborted) {
      return;
    }
    if (random.chance(fault.abortRatio)) {
      const status = fault.abortStatus ?? 200;
      answerItself(sending, ask.called, status, [...flags, 'FI'].join(','));
    } else {
      pending = follow(sending, route, flags);
    }
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
function follow(
  sending: Sending,
  route: Route,
  flags: readonly string[],
): Pending {
  const { context, inbound, from, caller, ask } = sending;
  const { request, done, startedAt } = sending;
  const { random } = context;
  if (route.directStatus !== undefined) {
    return answerItself(sending, ask.called, route.directStatus, '-');
  }
  if (route.totalWeight <= 0) {
    return answerItself(sending, ask.called, 503, 'NC');
  }
  const destination =
    route.destinations.length === 1
      ? route.destinations[0]
      : random.weighted(route.destinations, route.totalWeight);
  const cluster = ask.cluster(destination);
  if (!cluster) {
    const { services } = context.meshOf(from.workload);
    const service = services.get(destination.host) ?? ask.called;
    return ask.service || ask.virtualHost
      ? answerItself(sending, service, 503, 'NC')
      : answerItself(sending, service, 404, 'NR');
  }
  if (lacksPicker(context.meshOf(from.workload), cluster.service)) {
    // Envoy's external processing fails closed with an answer of its own.
    return answerItself(sending, cluster.service, 500, '-');
  }
  const sent = altered(request, route, destination, cluster.port.protocol);
  route.mirrors.forEach(mirror => send(sending, mirror, sent));
  const outbound = new OutboundRequest(
    context,
    inbound,
    { from, caller, route, cluster, request: sent },
    flags,
    response => done(alterAnswer(response, [destination.answer, route.answer])),
    startedAt,
  );
  outbound.start();
  return outbound;
}

/** Mirrored requests are sent and forgotten; only the mirror's own proxy reports them. */
function send(
  { context, inbound, from, ask }: Sending,
  { destination, ratio }: Route['mirrors'][number],
  request: MeshRequest,
): void {
  const { random } = context;
  const cluster = random.chance(ratio) ? ask.cluster(destination) : undefined;
  if (!cluster || cluster.pods.length === 0) {
    return;
  }
  const to = random.pick(cluster.pods);
  const connection = connect(context, from, cluster, to);
  if (connection !== 'refused') {
    inbound.deliver(
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

/** The proxy answers without asking any host. */
function answerItself(
  { context, from, caller, request, done, startedAt }: Sending,
  service: MeshService,
  status: number,
  flags: string,
): Pending {
  const response = answerOf(request.protocol, status);
  context.observer.request({
    reporter: caller ? 'waypoint' : 'source',
    proxy: from.workload,
    protocol: request.protocol,
    source: caller ?? from.workload,
    service,
    status: response.status,
    grpcStatus: response.grpcStatus,
    flags,
    mutualTls: caller !== undefined,
    durationMs: context.simulation.now - startedAt,
    requestBytes: request.requestBytes,
    responseBytes: responseBytes(request, response.status),
    traced: request.span && { request, retries: 0 },
  });
  done(response);
  return NOTHING;
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
