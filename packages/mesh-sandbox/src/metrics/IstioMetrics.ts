import { hasEnvoy, MeshModel, Workload } from '../mesh';
import { ConnectionReport, RequestReport } from '../traffic';
import { family, MetricSource, renderLabels, sample } from './exposition';
import { Buckets, Histogram } from './Histogram';
import { istioLabels } from './istioLabels';
import { RecentSeries } from './RecentSeries';

/** Envoy's default bounds, which Istio keeps for times (ms) and sizes (bytes) alike. */
export const ISTIO_BUCKETS = new Buckets([
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000,
  300000, 600000, 1800000, 3600000,
]);

interface RequestSeries {
  /** The first that fell into this series; the labels of all are the same. */
  report: RequestReport;
  labels: string;
  reporter: Workload;
  mode: 'CLIENT' | 'SERVER';
  requests: number;
  durations: Histogram;
  requestBytes: Histogram;
  responseBytes: Histogram;
  /** gRPC only. */
  messages?: number;
}

interface ConnectionSeries {
  report: ConnectionReport;
  labels: string;
  reporter: Workload;
  mode: 'CLIENT' | 'SERVER';
  opened: number;
  closed: number;
  sentBytes: number;
  receivedBytes: number;
}

export interface RequestTotal {
  report: RequestReport;
  /** Names the series. */
  labels: string;
  count: number;
  /** Of all together. */
  durationMs: number;
  /** Requests by duration, in {@link ISTIO_BUCKETS}. */
  buckets: Uint32Array;
}

export interface ConnectionTotal {
  report: ConnectionReport;
  labels: string;
  sentBytes: number;
  receivedBytes: number;
}

/** Istio's standard metrics, as the proxies of all workloads report them. A series is there from its first event. */
export class IstioMetrics implements MetricSource {
  /** By their labels. */
  private readonly requests = new Map<string, RequestSeries>();
  private readonly recent = new RecentSeries<RequestSeries>();
  private readonly connections = new Map<string, ConnectionSeries>();

  constructor(
    /** Of the cluster whose proxies' metrics these are. */
    private readonly model: () => MeshModel,
  ) {}

  request(report: RequestReport): void {
    const series = this.requestSeries(report);
    series.requests += 1;
    series.durations.observe(report.durationMs);
    series.requestBytes.observe(report.requestBytes);
    series.responseBytes.observe(report.responseBytes);
    if (series.messages !== undefined) {
      series.messages += 1;
    }
  }

  connectionOpened(report: ConnectionReport): void {
    this.connection(report).opened += 1;
  }

  connectionClosed(
    report: ConnectionReport,
    sentBytes: number,
    receivedBytes: number,
  ): void {
    const series = this.connection(report);
    series.closed += 1;
    series.sentBytes += sentBytes;
    series.receivedBytes += receivedBytes;
  }

  /**
   * What has been counted so far, for others than Prometheus.
   *
   * @param wanted - which requests; a large mesh has many
   */
  totals(wanted: (report: RequestReport) => boolean = () => true): {
    requests: RequestTotal[];
    connections: ConnectionTotal[];
  } {
    return {
      requests: this.live(this.requests)
        .filter(({ report }) => wanted(report))
        .map(series => ({
          report: series.report,
          labels: series.labels,
          count: series.requests,
          durationMs: series.durations.total,
          buckets: series.durations.snapshot(),
        })),
      connections: this.live(this.connections).map(
        ({ report, labels, sentBytes, receivedBytes }) => ({
          report,
          labels,
          sentBytes,
          receivedBytes,
        }),
      ),
    };
  }

  *expose(): Iterable<string> {
    const requests = this.live(this.requests);
    yield* this.standard(
      ['istio_requests_total', 'counter', 'Requests.', 'REQUEST_COUNT'],
      requests,
      (name, series) => sample(name, series.labels, series.requests),
    );
    yield* this.standard(
      [
        'istio_request_duration_milliseconds',
        'histogram',
        'Duration of requests.',
        'REQUEST_DURATION',
      ],
      requests,
      (name, { durations, labels }) => durations.render(name, labels),
    );
    yield* this.standard(
      ['istio_request_bytes', 'histogram', 'Size of requests.', 'REQUEST_SIZE'],
      requests,
      (name, { requestBytes, labels }) => requestBytes.render(name, labels),
    );
    yield* this.standard(
      [
        'istio_response_bytes',
        'histogram',
        'Size of responses.',
        'RESPONSE_SIZE',
      ],
      requests,
      (name, { responseBytes, labels }) => responseBytes.render(name, labels),
    );
    const grpc = requests.filter(({ messages }) => messages !== undefined);
    for (const way of ['request', 'response']) {
      yield* this.standard(
        [
          `istio_${way}_messages_total`,
          'counter',
          `gRPC ${way} messages.`,
          `GRPC_${way.toUpperCase()}_MESSAGES`,
        ],
        grpc,
        (name, { labels, messages = 0 }) => sample(name, labels, messages),
      );
    }
    yield* this.exposeConnections();
  }

  private *exposeConnections(): Iterable<string> {
    const connections = this.live(this.connections);
    const families = [
      ['connections_opened', 'TCP_OPENED_CONNECTIONS', 'opened'],
      ['connections_closed', 'TCP_CLOSED_CONNECTIONS', 'closed'],
      ['sent_bytes', 'TCP_SENT_BYTES', 'sentBytes'],
      ['received_bytes', 'TCP_RECEIVED_BYTES', 'receivedBytes'],
    ] as const;
    for (const [name, metric, field] of families) {
      yield* this.standard(
        [`istio_tcp_${name}_total`, 'counter', `TCP ${field}.`, metric],
        connections,
        (full, series) => sample(full, series.labels, series[field]),
      );
    }
  }

  /** One metric of all series whose reporter exports it. */
  private standard<S extends RequestSeries | ConnectionSeries>(
    [name, type, help, metric]: [
      string,
      'counter' | 'histogram',
      string,
      string,
    ],
    all: readonly S[],
    render: (name: string, series: S) => string,
  ): Iterable<string> {
    const { telemetry } = this.model();
    const lines = function* lines() {
      for (const series of all) {
        const { reporter, mode } = series;
        if (
          !hasEnvoy(reporter) ||
          telemetry.exports(reporter.namespace, mode, metric)
        ) {
          yield render(name, series);
        }
      }
    };
    return family(name, type, help, lines());
  }

  /** What a proxy has counted goes with its pods. */
  private live<S extends { reporter: Workload }>(all: Map<string, S>): S[] {
    const { workloads } = this.model();
    return [...all.values()].filter(
      ({ reporter }) => (workloads.get(reporter.key)?.pods.length ?? 0) > 0,
    );
  }

  private requestSeries(report: RequestReport): RequestSeries {
    const recent = this.recent.of(this.model(), report);
    const outcome = this.recent.outcomeOf(report);
    let series = recent.get(outcome);
    if (!series) {
      series = this.findOrAdd(report);
      recent.set(outcome, series);
    }
    return series;
  }

  private findOrAdd(report: RequestReport): RequestSeries {
    const labels = renderLabels(istioLabels(report));
    const known = this.requests.get(labels);
    if (known) {
      return known;
    }
    const series: RequestSeries = {
      report,
      labels,
      ...reporterOf(report),
      requests: 0,
      durations: new Histogram(ISTIO_BUCKETS),
      requestBytes: new Histogram(ISTIO_BUCKETS),
      responseBytes: new Histogram(ISTIO_BUCKETS),
      ...(report.protocol === 'grpc' && { messages: 0 }),
    };
    this.requests.set(labels, series);
    return series;
  }

  private connection(report: ConnectionReport): ConnectionSeries {
    const key = [
      report.reporter,
      report.pod?.key,
      idOf(report.source),
      idOf(report.destination),
      report.service.host,
      report.flags,
      report.mutualTls,
    ].join('|');
    let series = this.connections.get(key);
    if (!series) {
      series = {
        report,
        labels: renderLabels(istioLabels(report)),
        ...reporterOf(report),
        opened: 0,
        closed: 0,
        sentBytes: 0,
        receivedBytes: 0,
      };
      this.connections.set(key, series);
    }
    return series;
  }
}

function reporterOf({ reporter, proxy }: RequestReport | ConnectionReport): {
  reporter: Workload;
  mode: 'CLIENT' | 'SERVER';
} {
  return {
    reporter: proxy,
    mode: reporter === 'source' ? 'CLIENT' : 'SERVER',
  };
}

function idOf(workload: Workload | undefined): string | undefined {
  return workload && `${workload.cluster}/${workload.key}`;
}
