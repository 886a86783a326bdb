import { ClusterConfig, Pod, poolOf, Route, Workload } from '../mesh';
import { connect, Connection } from './connect';
import { ConnectionPool, PoolPlace } from './ConnectionPool';
import { leastLoaded } from './endpointPicker';
import { InboundProxy, responseBytes } from './InboundProxy';
import { answerOf, MeshRequest, MeshResponse, Pending } from './messages';
import { Reset, retriesReset, retriesResponse } from './retries';
import { Scheduled } from './Simulation';
import { TrafficContext } from './TrafficContext';
import { externalWork } from './work';

/** What two proxies add to a request, ms. */
const PROXY_MS = 1;
/** What the way to another cluster and back adds, ms. */
const CROSSING_MS = 12;
const FIRST_BACKOFF_MS = 25;

export interface OutboundCall {
  from: Pod;
  /** Whom a waypoint sends for. */
  caller?: Workload;
  route: Route;
  cluster: ClusterConfig;
  request: MeshRequest;
}

/**
 * One request through the caller's proxy: a place in the pool, a host, time-outs, retries, and one report at the end.
 */
export class OutboundRequest implements Pending {
  private readonly startedAt: number;
  private readonly pool: ConnectionPool;
  private place: PoolPlace | undefined;
  private retryPlace: PoolPlace | undefined;
  /** The latest host that was tried. */
  private host: Pod | undefined;
  private hostBusy = false;
  private upstream: Pending | undefined;
  private timer: Scheduled | undefined;
  private tryTimer: Scheduled | undefined;
  private retried = 0;
  private mutualTls = false;
  private over = false;

  constructor(
    private readonly context: TrafficContext,
    private readonly inbound: InboundProxy,
    private readonly call: OutboundCall,
    private readonly flags: readonly string[],
    private readonly done: (response: MeshResponse) => void,
    startedAt: number,
  ) {
    this.startedAt = startedAt;
    this.pool = context.stateOf(call.from).pool(call.cluster);
  }

  start(): void {
    const { timeoutMs } = this.call.route;
    if (timeoutMs !== undefined) {
      this.timer = this.context.simulation.schedule(timeoutMs, () => {
        this.endTry(504);
        this.finish(answerOf(this.call.request.protocol, 504, 'UT'));
      });
    }
    this.try();
  }

  /** The application hung up. */
  abort(): void {
    if (!this.over) {
      this.endTry(undefined);
      this.finish({ status: 0, flags: 'DC' });
    }
  }

  private try(): void {
    const { cluster, route, request } = this.call;
    const place = this.pool.enter(cluster, () => this.chooseHost());
    if (!place) {
      // Envoy never retries what its own limits refused.
      this.finish(answerOf(request.protocol, 503, 'UO'));
      return;
    }
    this.place = place;
    const { perTryTimeoutMs } = route.retries;
    if (perTryTimeoutMs !== undefined) {
      this.tryTimer = this.context.simulation.schedule(perTryTimeoutMs, () => {
        this.endTry(504);
        this.afterReset('per-try-timeout', 504, 'UT');
      });
    }
    if (!place.waiting) {
      this.chooseHost();
    }
  }

  private chooseHost(): void {
    const { cluster, request } = this.call;
    if (cluster.service.external) {
      this.callExternal();
      return;
    }
    const { now } = this.context.simulation;
    const { health } = this.pool;
    const candidates = health.candidates(cluster.pods, cluster.outlier, now);
    if (candidates.length === 0) {
      this.endTry(undefined);
      this.finish(answerOf(request.protocol, 503, 'UH'));
      return;
    }
    this.host = poolOf(cluster.service)
      ? leastLoaded(candidates, pod => this.context.stateOf(pod))
      : this.lessBusy(candidates);
    health.began(this.host.key);
    this.hostBusy = true;
    const connection = connect(
      this.context,
      this.call.from,
      cluster,
      this.host,
    );
    this.mutualTls = connection === 'mutual-tls';
    this.reach(this.host, connection);
  }

  private reach(host: Pod, connection: Connection): void {
    const { cluster, from, request } = this.call;
    if (connection === 'refused') {
      this.later(2, () => {
        this.endTry(0);
        this.afterReset('connect-failure', 503, 'UF');
      });
      return;
    }
    this.upstream = this.inbound.deliver(
      {
        from,
        to: host,
        service: cluster.service,
        port: cluster.port.targetPort,
        mutualTls: this.mutualTls,
        request,
      },
      response => {
        this.upstream = undefined;
        const crossing =
          from.workload.cluster === host.workload.cluster ? 0 : CROSSING_MS;
        this.later(
          crossing + PROXY_MS * (0.5 + this.context.random.next()),
          () => this.afterResponse(response),
        );
      },
    );
  }

  private callExternal(): void {
    const { cluster, from, request } = this.call;
    const work = externalWork(
      this.context,
      from.workload,
      cluster.service.host,
      request,
    );
    this.later(work.durationMs, () =>
      this.afterResponse({ status: work.status, usage: work.usage }),
    );
  }

  /** Schedules the continuation of this try; it is dropped when the try ends before. */
  private later(delayMs: number, action: () => void): void {
    const scheduled = this.context.simulation.schedule(delayMs, () => {
      this.upstream = undefined;
      action();
    });
    this.upstream = { abort: () => scheduled.cancel() };
  }

  private afterResponse(response: MeshResponse): void {
    const { retries } = this.call.route;
    this.endTry(httpStatusOf(response));
    if (!retriesResponse(retries, response)) {
      this.finish(response);
    } else if (this.retried >= retries.attempts) {
      this.finish({
        ...response,
        flags: retries.attempts > 0 ? 'URX' : undefined,
      });
    } else {
      this.retry(response);
    }
  }

  private afterReset(reset: Reset, status: number, flag: string): void {
    const { retries } = this.call.route;
    const answer = answerOf(this.call.request.protocol, status, flag);
    if (!retriesReset(retries, reset) || retries.attempts === 0) {
      this.finish(answer);
    } else if (this.retried >= retries.attempts) {
      this.finish({ ...answer, flags: `${flag},URX` });
    } else {
      this.retry(answer);
    }
  }

  private retry(otherwise: MeshResponse): void {
    this.retryPlace?.release();
    this.retryPlace = this.pool.enterRetry(this.call.cluster);
    if (!this.retryPlace) {
      this.finish({
        ...otherwise,
        flags: join([otherwise.flags ?? '', 'UO']),
      });
      return;
    }
    const backoff =
      FIRST_BACKOFF_MS * 2 ** this.retried * this.context.random.next();
    this.retried += 1;
    this.later(backoff, () => this.try());
  }

  /** @param status - what outlier detection sees; undefined: nothing */
  private endTry(status: number | undefined): void {
    this.tryTimer?.cancel();
    this.tryTimer = undefined;
    this.upstream?.abort();
    this.upstream = undefined;
    if (this.host && this.hostBusy) {
      this.hostBusy = false;
      const { cluster } = this.call;
      this.pool.health.ended(
        this.host.key,
        status,
        cluster.outlier,
        cluster.pods.length,
        this.context.simulation.now,
      );
    }
    const { place } = this;
    this.place = undefined;
    place?.release();
  }

  private finish(response: MeshResponse): void {
    if (this.over) {
      return;
    }
    this.over = true;
    this.timer?.cancel();
    this.retryPlace?.release();
    const { request, cluster, caller, from } = this.call;
    this.context.observer.request({
      reporter: caller ? 'waypoint' : 'source',
      proxy: from.workload,
      protocol: request.protocol,
      source: caller ?? from.workload,
      destination: this.host?.workload,
      service: cluster.service,
      status: response.status,
      grpcStatus: response.grpcStatus,
      flags: join([...this.flags, response.flags ?? '']) || '-',
      // A waypoint tells how the caller came in, which is always through a tunnel.
      mutualTls: caller !== undefined || this.mutualTls,
      durationMs: this.context.simulation.now - this.startedAt,
      requestBytes: request.requestBytes,
      responseBytes: responseBytes(request, response.status),
      traced: request.span && { request, retries: this.retried },
    });
    this.done({ ...response, flags: undefined });
  }

  /** Istio's default, least-request, draws two hosts and takes the one with fewer requests. */
  private lessBusy(candidates: readonly Pod[]): Pod {
    const { random } = this.context;
    const one = random.pick(candidates);
    const other = random.pick(candidates);
    const { health } = this.pool;
    return health.activeOf(other.key) < health.activeOf(one.key) ? other : one;
  }
}

function join(flags: string[]): string {
  return flags.filter(Boolean).join(',');
}

/** Outlier detection reads gRPC's failures as their HTTP kin. */
function httpStatusOf({ status, grpcStatus }: MeshResponse): number {
  switch (grpcStatus) {
    case undefined:
      return status;
    case 0:
      return 200;
    case 4:
      return 504;
    case 14:
      return 503;
    default:
      return [2, 12, 13, 15].includes(grpcStatus) ? 500 : 200;
  }
}
