import { ConnectionTotal, IstioMetrics, RequestTotal } from '../metrics';
import { RequestReport } from '../traffic';

const STEP_MS = 15_000;
/** Half an hour: the longest look back. */
const STEPS = 120;

interface Moment {
  atMs: number;
  requests: Map<string, RequestTotal>;
  connections: Map<string, ConnectionTotal>;
}

export interface RequestRate extends RequestTotal {
  /** Requests per second. */
  perSecond: number;
}

export interface ConnectionRate extends ConnectionTotal {
  sentPerSecond: number;
  receivedPerSecond: number;
}

/** Rates over the last minutes, as Kiali asks Prometheus for them; taken from the same counters. */
export class TrafficWindow {
  private moments: Moment[] = [];

  constructor(
    private readonly metrics: IstioMetrics,
    private readonly nowMs: () => number,
  ) {}

  /** To be called each second of simulated time. */
  tick(): void {
    const last = this.moments.at(-1);
    if (last && this.nowMs() - last.atMs < STEP_MS) {
      return;
    }
    const { requests, connections } = this.metrics.totals();
    this.moments.push({
      atMs: this.nowMs(),
      requests: new Map(requests.map(one => [one.labels, one])),
      connections: new Map(connections.map(one => [one.labels, one])),
    });
    this.moments = this.moments.slice(-STEPS);
  }

  /** @param wanted - which requests */
  rates(
    seconds: number,
    wanted?: (report: RequestReport) => boolean,
  ): {
    requests: RequestRate[];
    connections: ConnectionRate[];
  } {
    const since = this.moments.findLast(
      ({ atMs }) => atMs <= this.nowMs() - seconds * 1000,
    );
    const from = since ?? this.moments[0];
    const elapsed = Math.max(1, (this.nowMs() - (from?.atMs ?? 0)) / 1000);
    const { requests, connections } = this.metrics.totals(wanted);
    return {
      requests: requests
        .map(one => {
          const before = from?.requests.get(one.labels);
          const count = one.count - (before?.count ?? 0);
          return {
            ...one,
            count,
            durationMs: one.durationMs - (before?.durationMs ?? 0),
            buckets: one.buckets.map((n, i) => n - (before?.buckets[i] ?? 0)),
            perSecond: count / elapsed,
          };
        })
        .filter(({ count }) => count > 0),
      connections: connections.map(one => {
        const before = from?.connections.get(one.labels);
        return {
          ...one,
          sentPerSecond: (one.sentBytes - (before?.sentBytes ?? 0)) / elapsed,
          receivedPerSecond:
            (one.receivedBytes - (before?.receivedBytes ?? 0)) / elapsed,
        };
      }),
    };
  }
}
