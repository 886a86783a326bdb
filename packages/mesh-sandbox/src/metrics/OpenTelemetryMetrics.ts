import { Pod } from '../mesh';
import { ModelCall } from '../traffic';
import { renderLabels } from './exposition';
import { Buckets } from './Histogram';
import { HistogramFamily } from './HistogramFamily';
import { podLabels } from './podLabels';

// The bounds that OpenTelemetry's conventions for generative AI advise.
const SECONDS = new Buckets([
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48,
  40.96, 81.92,
]);
const TOKENS = new Buckets([
  1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304,
  16777216, 67108864,
]);
const FIRST_TOKEN = new Buckets([
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5,
  7.5, 10,
]);
const PER_TOKEN = new Buckets([
  0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5,
]);

interface Labels {
  call: string;
  input: string;
  output: string;
}

/** AI metrics after OpenTelemetry's conventions for generative AI, as its Prometheus exporter names them. */
export class OpenTelemetryMetrics {
  private readonly duration = new HistogramFamily(
    'gen_ai_client_operation_duration_seconds',
    'GenAI operation duration.',
    SECONDS,
  );
  private readonly tokens = new HistogramFamily(
    'gen_ai_client_token_usage',
    'Number of input and output tokens used.',
    TOKENS,
  );
  private readonly firstToken = new HistogramFamily(
    'gen_ai_server_time_to_first_token_seconds',
    'Time to generate the first token of successful responses.',
    FIRST_TOKEN,
  );
  private readonly perToken = new HistogramFamily(
    'gen_ai_server_time_per_output_token_seconds',
    'Time per output token after the first of successful responses.',
    PER_TOKEN,
  );
  private readonly requests = new HistogramFamily(
    'gen_ai_server_request_duration_seconds',
    'Time to last byte of model answers.',
    SECONDS,
  );

  private readonly labels = new Map<string, Labels>();

  constructor(private readonly provider: (model: string) => string) {}

  record({ pod, model, usage, success, status, durationMs }: ModelCall): void {
    const error = success ? '' : errorType(status);
    const labels = this.labelsOf(pod, model, error);
    this.duration.observe(pod.key, labels.call, durationMs / 1000);
    this.requests.observe(pod.key, labels.call, durationMs / 1000);
    if (!usage) {
      return;
    }
    this.tokens.observe(pod.key, labels.input, usage.promptTokens);
    this.tokens.observe(pod.key, labels.output, usage.completionTokens);
    this.firstToken.observe(
      pod.key,
      labels.call,
      usage.timeToFirstTokenMs / 1000,
    );
    this.perToken.observe(pod.key, labels.call, usage.timePerTokenMs / 1000);
  }

  *expose(live: ReadonlySet<string>): Iterable<string> {
    yield* this.duration.expose(live);
    yield* this.tokens.expose(live);
    yield* this.firstToken.expose(live);
    yield* this.perToken.expose(live);
    yield* this.requests.expose(live);
  }

  private labelsOf(pod: Pod, model: string, error: string): Labels {
    const key = `${pod.key}|${model}|${error}`;
    let labels = this.labels.get(key);
    if (!labels) {
      const common = {
        gen_ai_operation_name: 'chat',
        gen_ai_provider_name: this.provider(model),
        gen_ai_request_model: model,
        gen_ai_response_model: error === '' ? model : undefined,
      };
      const where = podLabels(pod);
      const tokens = (type: string) =>
        renderLabels({ ...common, gen_ai_token_type: type, ...where });
      labels = {
        call: renderLabels({ ...common, error_type: error, ...where }),
        input: tokens('input'),
        output: tokens('output'),
      };
      this.labels.set(key, labels);
    }
    return labels;
  }
}

function errorType(status: number): string {
  return status === 0 || status === 504 ? 'timeout' : String(status);
}
