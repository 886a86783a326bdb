import { MeshModel, Pod } from '../mesh';
import { BreakerPosition, ModelCall, PodState } from '../traffic';
import { heading, MetricSource, renderLabels, sample } from './exposition';
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
    const live = new Map(
      [...this.engine.pods()].map(({ pod, state }) => [pod.key, state]),
    );
    const pods = [...this.pods].filter(([key]) => live.has(key));
    yield* this.exposeCalls(pods.map(([, series]) => series));
    const breakers: string[] = [];
    for (const [key, { pod }] of pods) {
      for (const [name, breaker] of live.get(key)?.breakers ?? []) {
        const position = breaker.position(this.engine.nowMs);
        for (const state of POSITIONS) {
          const labels = { group: 'none', name, state, ...podLabels(pod) };
          breakers.push(
            sample(
              'resilience4j_circuitbreaker_state',
              renderLabels(labels),
              Number(state === position),
            ),
          );
        }
      }
    }
    if (breakers.length > 0) {
      yield heading(
        'resilience4j_circuitbreaker_state',
        'gauge',
        'The state of the circuit breaker: 1 for the state that it is in.',
      );
      yield breakers.join('');
    }
  }

  private *exposeCalls(pods: PodSeries[]): Iterable<string> {
    const { nowMs } = this.engine;
    const requests: string[] = [];
    const fallbacks: string[] = [];
    const seconds = summaryLines('ai_model_response_time_seconds');
    const tokens = summaryLines('ai_token_consumption_tokens');
    for (const { pod, calls } of pods) {
      for (const [model, series] of calls) {
        const labels = { model, ...podLabels(pod) };
        const counted = [
          ['success', series.succeeded],
          ['error', series.failed],
        ] as const;
        for (const [status, count] of counted) {
          if (count > 0) {
            const all = renderLabels({ status, ...labels });
            requests.push(sample('ai_model_requests_total', all, count));
          }
        }
        if (series.fallbacks > 0) {
          fallbacks.push(
            sample(
              'ai_circuit_fallback_total',
              renderLabels(labels),
              series.fallbacks,
            ),
          );
        }
        for (const [success, summary] of series.seconds) {
          const all = renderLabels({ ...labels, success: String(success) });
          seconds.add(summary, all, nowMs);
        }
        tokens.add(series.tokens, renderLabels(labels), nowMs);
      }
    }
    const counters = [
      ['ai_model_requests_total', 'Calls to AI models.', requests],
      ['ai_circuit_fallback_total', 'Fallback answers.', fallbacks],
    ] as const;
    for (const [name, help, lines] of counters) {
      if (lines.length > 0) {
        yield heading(name, 'counter', help);
        yield lines.join('');
      }
    }
    yield seconds.render('Time that models take to answer.');
    yield tokens.render('Tokens of a call.');
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

/** Gathers a Micrometer summary's two families: the summary, and its decaying maximum. */
function summaryLines(name: string) {
  const lines: string[] = [];
  const maxima: string[] = [];
  return {
    add(summary: RollingSummary, labels: string, nowMs: number) {
      if (summary.count > 0) {
        lines.push(summary.render(name, labels, nowMs));
        maxima.push(sample(`${name}_max`, labels, summary.max(nowMs)));
      }
    },
    render(help: string): string {
      return lines.length === 0
        ? ''
        : [
            heading(name, 'summary', help),
            ...lines,
            heading(`${name}_max`, 'gauge', help),
            ...maxima,
          ].join('');
    },
  };
}
