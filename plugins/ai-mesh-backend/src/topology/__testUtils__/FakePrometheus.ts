import type {
  PrometheusClient,
  RangeResult,
} from '../../prometheus/PrometheusClient';
import type { RateRow } from '../../telemetry';

/** What a Prometheus without any arithmetic knows. */
export interface FakeSeries {
  requests?: readonly RateRow[];
  buckets?: readonly RateRow[];
  /** Buckets of earlier times, with the label that says which. */
  usual?: readonly RateRow[];
  tcp?: readonly RateRow[];
  breakers?: readonly RateRow[];
}

type Metric = keyof FakeSeries;

/** Answers every question about a metric with all that it knows of it: choosing is the asker's part. */
export class FakePrometheus implements PrometheusClient {
  /** The questions so far. */
  readonly asked: { metric: Metric; promql: string }[] = [];
  readonly #series: FakeSeries;
  readonly #failures: Partial<Record<Metric, Error>>;

  constructor(
    series: FakeSeries,
    failures: Partial<Record<Metric, Error>> = {},
  ) {
    this.#series = series;
    this.#failures = failures;
  }

  async query(promql: string) {
    const metric = metricOf(promql);
    this.asked.push({ metric, promql });
    const failure = this.#failures[metric];
    if (failure) {
      throw failure;
    }
    return {
      promql,
      samples: (this.#series[metric] ?? []).map(({ labels, rate }) => ({
        labels: { ...labels },
        value: rate,
        timestamp: 0,
      })),
      warnings: [],
      observedAt: new Date('2026-01-01T00:00:00Z'),
    };
  }

  async queryRange(
    ..._question: Parameters<PrometheusClient['queryRange']>
  ): Promise<RangeResult> {
    throw new Error('The topology asks for no ranges');
  }
}

function metricOf(promql: string): Metric {
  if (promql.includes('istio_tcp_')) {
    return 'tcp';
  }
  if (promql.includes('istio_requests_total')) {
    return 'requests';
  }
  if (promql.includes('_bucket')) {
    return promql.includes(' offset ') ? 'usual' : 'buckets';
  }
  return 'breakers';
}
