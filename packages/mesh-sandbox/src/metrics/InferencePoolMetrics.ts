import { MeshService, Pod, poolOf } from '../mesh';
import {
  ClusterTraffic,
  endpointPickerOf,
  PodState,
  RequestReport,
} from '../traffic';
import { family, MetricSource, renderLabels, sample } from './exposition';
import { Buckets } from './Histogram';
import { HistogramFamily } from './HistogramFamily';
import { podLabels } from './podLabels';

const DURATION = new Buckets([
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8,
  10, 15, 20, 30, 45, 60, 120, 180, 240, 300, 360, 480, 600, 900, 1200, 1800,
  2700, 3600,
]);

interface Counter {
  owner: string;
  labels: string;
  count: number;
}

interface PoolState {
  pool: string;
  picker: Pod;
  pods: { pod: Pod; state: PodState }[];
}

/**
 * What the endpoint pickers of pools say: of the models that were asked for, and of the pools. Names and labels as in
 * `pkg/epp/metrics/metrics.go` of the Gateway API's inference extension; the pool's name is only on the pool's gauges.
 */
export class InferencePoolMetrics implements MetricSource {
  private readonly requests = new Map<string, Counter>();
  private readonly errors = new Map<string, Counter>();
  private readonly durations = new HistogramFamily(
    'inference_objective_request_duration_seconds',
    'Inference objective response latency distribution in seconds.',
    DURATION,
  );

  constructor(private readonly engine: ClusterTraffic) {}

  request(report: RequestReport): void {
    const { reporter, service, status, durationMs, destination } = report;
    if (reporter !== 'source' || !poolOf(service)) {
      return;
    }
    const picker = endpointPickerOf(this.engine.model, service);
    if (!picker) {
      return;
    }
    const model = this.modelOf(service);
    const labels = {
      model_name: model,
      target_model_name: model,
      ...podLabels(picker),
    };
    const text = renderLabels(labels);
    count(this.requests, picker, text);
    if (status >= 400) {
      const code = destination ? 'ModelServerError' : 'ServiceUnavailable';
      count(this.errors, picker, renderLabels({ ...labels, error_code: code }));
    } else {
      this.durations.observe(picker.key, text, durationMs / 1000);
    }
  }

  *expose(): Iterable<string> {
    const pools = [...this.pools()];
    const pickers = new Set(pools.map(({ picker }) => picker.key));
    const counters = [
      ['inference_objective_request_total', this.requests],
      ['inference_objective_request_error_total', this.errors],
    ] as const;
    for (const [name, counted] of counters) {
      yield* family(
        name,
        'counter',
        'Counter of inference objective requests.',
        [...counted.values()]
          .filter(({ owner }) => pickers.has(owner))
          .map(one => sample(name, one.labels, one.count)),
      );
    }
    yield* this.durations.expose(pickers);
    const gauges: [string, (pool: PoolState) => number][] = [
      [
        'inference_pool_average_queue_size',
        ({ pods }) => mean(pods.map(({ state }) => state.queue.length)),
      ],
      [
        'inference_pool_average_kv_cache_utilization',
        ({ pods }) => mean(pods.map(one => this.cacheUse(one))),
      ],
      ['inference_pool_ready_pods', ({ pods }) => pods.length],
    ];
    for (const [name, value] of gauges) {
      yield* family(
        name,
        'gauge',
        'State of an inference server pool.',
        pools.map(one => {
          const labels = { name: one.pool, ...podLabels(one.picker) };
          return sample(name, renderLabels(labels), value(one));
        }),
      );
    }
  }

  private *pools(): Iterable<PoolState> {
    const { model } = this.engine;
    const states = new Map(
      [...this.engine.pods()].map(one => [one.pod.key, one]),
    );
    for (const service of model.services.values()) {
      const pool = poolOf(service);
      const picker = pool && endpointPickerOf(model, service);
      if (pool && picker) {
        yield {
          pool,
          picker,
          pods: service.pods
            .filter(({ ready }) => ready)
            .flatMap(({ key }) => states.get(key) ?? []),
        };
      }
    }
  }

  private cacheUse({ pod, state }: { pod: Pod; state: PodState }): number {
    const { concurrencyPerPod } = this.engine.behaviours.of(pod.workload);
    return Math.min(1, (0.9 * state.busy) / concurrencyPerPod);
  }

  private modelOf({ pods }: MeshService): string {
    const [model] = pods.flatMap(
      ({ workload }) => this.engine.behaviours.of(workload).serves,
    );
    return model ?? 'unknown';
  }
}

function count(counters: Map<string, Counter>, { key }: Pod, labels: string) {
  const counter = counters.get(labels) ?? { owner: key, labels, count: 0 };
  counter.count += 1;
  counters.set(labels, counter);
}

function mean(values: readonly number[]): number {
  return values.length === 0
    ? 0
    : values.reduce((sum, value) => sum + value, 0) / values.length;
}
