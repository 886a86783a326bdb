import { MeshModel, Pod } from '../mesh';
import { BreakerPosition, ModelCall, PodState } from '../traffic';
import { family, MetricSource, renderLabels, sample } from './exposition';
import { podLabels } from './podLabels';
import { RollingSummary } from './RollingSummary';

interface PodSeries {
  pod: Pod;
  /** By model. */
  calls: Map<string, ModelSeries>;
}

interface ModelSeries {
  succeeded: number;
  failed: number;
  fallbacks: number;
  /** By `success`. */
  seconds: Map<boolean, RollingSummary>;
  tokens: RollingSummary;
}

const POSITIONS: (BreakerPosition | 'disabled' | 'forced_open')[] = [
  'closed',
  'disabled',
  'forced_open',
  'half_open',
  'open',
];

/**
 * AI metrics as a Spring team writes them by hand with Micrometer: client-side quantiles for each process and no
 * histogram, so that they cannot be added up.
 */
export class MicrometerMetrics implements MetricSource {
  private readonly pods = new Map<string, PodSeries>();

  constructor(
    private readonly engine: {
      readonly nowMs: number;
      readonly model: MeshModel;
      pods(): Iterable<{ pod: Pod; state: PodState }>;
    },
  ) {}

  record({ pod, model, usage, success, durationMs, fallback }: ModelCall) {
    const series = this.seriesOf(pod, model);
    const { nowMs } = this.engine;
    if (success) {
      series.succeeded += 1;
    } else {
      series.failed += 1;
    }
    series.fallbacks += fallback ? 1 : 0;
    let seconds = series.seconds.get(success);
    if (!seconds) {
      seconds = new RollingSummary();
      series.seconds.set(success, seconds);
    }
    seconds.observe(durationMs / 1000, nowMs);
    if (usage) {
      series.tokens.observe(usage.promptTokens + usage.completionTokens, nowMs);
    }
  }

  *expose(): Iterable<string> {
    const states = new Map(
      [...this.engine.pods()].map(({ pod, state }) => [pod.key, state]),
    );
    const live = [...this.pods.values()].filter(({ pod }) =>
      states.has(pod.key),
    );
    const { nowMs } = this.engine;
    const requests = 'ai_model_requests_total';
    yield* family(
      requests,
      'counter',
      'Calls to AI models.',
      each(live, ({ succeeded, failed }, labels) =>
        [['success', succeeded] as const, ['error', failed] as const].flatMap(
          ([status, count]) =>
            count > 0
              ? [sample(requests, `${labels},status="${status}"`, count)]
              : [],
        ),
      ),
    );
    yield* family(
      'ai_circuit_fallback_total',
      'counter',
      'Answers that the application gave in place of a model.',
      each(live, ({ fallbacks }, labels) =>
        fallbacks > 0
          ? [sample('ai_circuit_fallback_total', labels, fallbacks)]
          : [],
      ),
    );
    yield* exposeSummary(
      'ai_model_response_time_seconds',
      'Time that models take to answer.',
      live,
      ({ seconds }, labels) =>
        [...seconds].map(
          ([success, summary]) =>
            [`${labels},success="${success}"`, summary] as const,
        ),
      nowMs,
    );
    yield* exposeSummary(
      'ai_token_consumption_tokens',
      'Tokens of a call.',
      live,
      ({ tokens }, labels) => [[labels, tokens]],
      nowMs,
    );
    yield* family(
      'resilience4j_circuitbreaker_state',
      'gauge',
      'The state of the circuit breaker: 1 for the state that it is in.',
      live.flatMap(({ pod }) =>
        [...(states.get(pod.key)?.breakers ?? [])].flatMap(([name, breaker]) =>
          breakerLines(pod, name, breaker.position(nowMs)),
        ),
      ),
    );
  }

  private seriesOf(pod: Pod, model: string): ModelSeries {
    let ofPod = this.pods.get(pod.key);
    if (!ofPod) {
      ofPod = { pod, calls: new Map() };
      this.pods.set(pod.key, ofPod);
    }
    let series = ofPod.calls.get(model);
    if (!series) {
      series = {
        succeeded: 0,
        failed: 0,
        fallbacks: 0,
        seconds: new Map(),
        tokens: new RollingSummary(),
      };
      ofPod.calls.set(model, series);
    }
    return series;
  }
}

/** Lines of every model of every pod. */
function* each(
  pods: readonly PodSeries[],
  lines: (series: ModelSeries, labels: string) => string[],
): Iterable<string> {
  for (const { pod, calls } of pods) {
    for (const [model, series] of calls) {
      yield* lines(series, renderLabels({ model, ...podLabels(pod) }));
    }
  }
}

/** A Micrometer summary is two families: the summary, and its maximum, which forgets. */
function* exposeSummary(
  name: string,
  help: string,
  pods: readonly PodSeries[],
  summaries: (
    series: ModelSeries,
    labels: string,
  ) => (readonly [string, RollingSummary])[],
  nowMs: number,
): Iterable<string> {
  const counted = (series: ModelSeries, labels: string) =>
    summaries(series, labels).filter(([, { count }]) => count > 0);
  yield* family(
    name,
    'summary',
    help,
    each(pods, (series, labels) =>
      counted(series, labels).map(([all, summary]) =>
        summary.render(name, all, nowMs),
      ),
    ),
  );
  yield* family(
    `${name}_max`,
    'gauge',
    help,
    each(pods, (series, labels) =>
      counted(series, labels).map(([all, summary]) =>
        sample(`${name}_max`, all, summary.max(nowMs)),
      ),
    ),
  );
}

function breakerLines(
  pod: Pod,
  name: string,
  position: BreakerPosition,
): string[] {
  return POSITIONS.map(state =>
    sample(
      'resilience4j_circuitbreaker_state',
      renderLabels({ group: 'none', name, state, ...podLabels(pod) }),
      Number(state === position),
    ),
  );
}
