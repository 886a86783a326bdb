import { Pod } from '../mesh';
import { ModelServed, PodState } from '../traffic';
import { Behaviour } from '../world';
import { family, renderLabels, sample } from './exposition';
import { Buckets } from './Histogram';
import { HistogramFamily } from './HistogramFamily';
import { podLabels } from './podLabels';

const LATENCY = new Buckets([
  0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480,
  960, 1920, 7680,
]);
const FIRST_TOKEN = new Buckets([
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5,
  7.5, 10, 20, 40, 80, 160, 640, 2560,
]);
const PER_TOKEN = new Buckets([
  0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5,
  10, 20, 40, 80,
]);

interface Totals {
  pod: Pod;
  labels: string;
  stopped: number;
  cutAtLength: number;
  promptTokens: number;
  generationTokens: number;
}

/** The most tokens that an answer gets before it is cut. */
const LENGTH_LIMIT = 512;

/** What a vLLM server says of itself. It counts successes alone: there is no counter of failures. */
export class VllmMetrics {
  private readonly totals = new Map<string, Totals>();
  private readonly latency = new HistogramFamily(
    'vllm:e2e_request_latency_seconds',
    'Histogram of end to end request latency in seconds.',
    LATENCY,
  );
  private readonly firstToken = new HistogramFamily(
    'vllm:time_to_first_token_seconds',
    'Histogram of time to first token in seconds.',
    FIRST_TOKEN,
  );
  private readonly perToken = new HistogramFamily(
    'vllm:inter_token_latency_seconds',
    'Histogram of inter-token latency in seconds.',
    PER_TOKEN,
  );
  private readonly queue = new HistogramFamily(
    'vllm:request_queue_time_seconds',
    'Histogram of time spent waiting for the first scheduling.',
    LATENCY,
  );

  constructor(private readonly behaviour: Behaviour) {}

  record({ pod, usage, queueMs, durationMs }: ModelServed): void {
    const { key } = pod;
    let totals = this.totals.get(key);
    if (!totals) {
      totals = {
        pod,
        labels: renderLabels({
          model_name: usage.model,
          engine: '0',
          ...podLabels(pod),
        }),
        stopped: 0,
        cutAtLength: 0,
        promptTokens: 0,
        generationTokens: 0,
      };
      this.totals.set(key, totals);
    }
    const { labels } = totals;
    const cut = usage.completionTokens >= LENGTH_LIMIT;
    totals[cut ? 'cutAtLength' : 'stopped'] += 1;
    totals.promptTokens += usage.promptTokens;
    totals.generationTokens += usage.completionTokens;
    const firstTokenMs = queueMs + usage.timeToFirstTokenMs;
    this.latency.observe(key, labels, durationMs / 1000);
    this.firstToken.observe(key, labels, firstTokenMs / 1000);
    this.perToken.observe(key, labels, usage.timePerTokenMs / 1000);
    this.queue.observe(key, labels, queueMs / 1000);
  }

  *expose(
    pods: ReadonlyMap<string, { pod: Pod; state: PodState }>,
  ): Iterable<string> {
    const live = new Set(pods.keys());
    const all = [...this.totals].filter(([key]) => live.has(key));
    const success = 'vllm:request_success_total';
    yield* family(
      success,
      'counter',
      'Successfully processed requests.',
      all.flatMap(([, { labels, stopped, cutAtLength }]) => [
        sample(success, `${labels},finished_reason="stop"`, stopped),
        sample(success, `${labels},finished_reason="length"`, cutAtLength),
      ]),
    );
    const counters = [
      ['vllm:prompt_tokens_total', 'promptTokens'],
      ['vllm:generation_tokens_total', 'generationTokens'],
    ] as const;
    for (const [name, field] of counters) {
      yield* family(
        name,
        'counter',
        'Number of tokens processed.',
        all.map(([, totals]) => sample(name, totals.labels, totals[field])),
      );
    }
    yield* this.exposeLoad(all, pods);
    yield* this.latency.expose(live);
    yield* this.firstToken.expose(live);
    yield* this.perToken.expose(live);
    yield* this.queue.expose(live);
  }

  private *exposeLoad(
    all: [string, Totals][],
    pods: ReadonlyMap<string, { pod: Pod; state: PodState }>,
  ): Iterable<string> {
    const gauges: [string, (key: string, state: PodState) => number][] = [
      ['vllm:num_requests_running', (_, { busy }) => busy],
      ['vllm:num_requests_waiting', (_, { queue }) => queue.length],
      [
        'vllm:kv_cache_usage_perc',
        (key, { busy }) => Math.min(1, (0.9 * busy) / this.slots(key, pods)),
      ],
    ];
    for (const [name, value] of gauges) {
      yield* family(
        name,
        'gauge',
        'State of the model server.',
        all.flatMap(([key, { labels }]) => {
          const state = pods.get(key)?.state;
          return state ? [sample(name, labels, value(key, state))] : [];
        }),
      );
    }
  }

  private slots(
    key: string,
    pods: ReadonlyMap<string, { pod: Pod; state: PodState }>,
  ): number {
    const workload = pods.get(key)?.pod.workload.key;
    const behaviour = this.behaviour.workloads.find(
      one => one.workload === workload,
    );
    return behaviour?.concurrencyPerPod ?? 1;
  }
}
