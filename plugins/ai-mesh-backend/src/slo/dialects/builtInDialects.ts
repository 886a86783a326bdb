import type {
  CounterSpec,
  DurationSpec,
  MetricDialect,
} from '@ai-mesh/plugin-ai-mesh-node';

const genAi = {
  anySpelling: true,
  modelLabels: ['gen_ai_request_model', 'gen_ai_response_model'],
  answeredByLabel: 'gen_ai_response_model',
  providerLabels: ['gen_ai_provider_name', 'gen_ai_system'],
};

function seconds(...metrics: string[]): DurationSpec {
  return { metrics, unitMs: 1000 };
}

/**
 * Micrometer's registry for Prometheus names seconds; the one for OTLP counts in milliseconds, named or not. A timer is no
 * histogram unless Spring Boot is told so.
 *
 * @param timer - as the application calls it
 */
function micrometerTimer(metric: string, timer: string): DurationSpec {
  return {
    ...seconds(metric),
    unnamedUnitMs: 1,
    switchOn: `management.metrics.distribution.percentiles-histogram.${timer}=true`,
  };
}

/**
 * An OpenTelemetry SDK makes a histogram of it unless a view says otherwise, but with bounds that are milliseconds: nearly
 * all seconds are in the first of them. The line is one of its file of declarative configuration, with the bounds that the
 * semantic conventions advise.
 *
 * @param instrument - as the instrumentation calls it
 * @param bounds - seconds
 */
function openTelemetryDuration(
  metric: string,
  instrument: string,
  bounds: readonly number[],
): DurationSpec {
  return {
    ...seconds(metric),
    switchOn: `meter_provider: { views: [{ selector: { instrument_name: ${instrument} }, stream: { aggregation: { explicit_bucket_histogram: { boundaries: [${bounds.join(', ')}] } } } }] }`,
  };
}

const DURATION_BOUNDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48,
  40.96, 81.92,
];
const FIRST_TOKEN_BOUNDS = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5,
  7.5, 10,
];

const openTelemetryFirstToken = openTelemetryDuration(
  'gen_ai_server_time_to_first_token_seconds',
  'gen_ai.server.time_to_first_token',
  FIRST_TOKEN_BOUNDS,
);

/** OpenTelemetry's token histogram. Its sum counts tokens. */
function genAiTokens(type: string): CounterSpec {
  return {
    metrics: ['gen_ai_client_token_usage_sum'],
    where: { gen_ai_token_type: [type] },
  };
}

/** Spring AI has a third type, `total`, which would count every token twice. */
function springTokens(type: string): CounterSpec {
  return {
    metrics: ['gen_ai_client_token_usage_total'],
    where: { gen_ai_token_type: [type] },
  };
}

/** A request is counted by the histogram of its duration; a failed one carries `error_type`. */
function genAiServer(name: string): MetricDialect {
  const requests = {
    metrics: ['gen_ai_server_request_duration_seconds_count'],
  };
  return {
    name,
    exporter: 'gateway',
    ...genAi,
    requests,
    errors: { kind: 'label', counter: requests, label: 'error_type', ok: [''] },
    duration: seconds('gen_ai_server_request_duration_seconds'),
    tokens: { input: genAiTokens('input'), output: genAiTokens('output') },
    timeToFirstToken: seconds('gen_ai_server_time_to_first_token_seconds'),
  };
}

const genAiClientRequests = {
  metrics: ['gen_ai_client_operation_duration_seconds_count'],
};
const micrometerRequests = { metrics: ['ai_model_requests_total'] };
const vllmRequests = { metrics: ['vllm:request_success_total'] };
const springRequests = { metrics: ['gen_ai_client_operation_seconds_count'] };

/** Both generations of names of the Inference Extension: it renamed models to objectives. */
function inference(suffix: string): string[] {
  return [`inference_objective_${suffix}`, `inference_model_${suffix}`];
}

/**
 * The dialects that are understood out of the box, richest first. Names and labels: OpenTelemetry's semantic
 * conventions for generative AI, vLLM's, Spring AI's and Envoy AI Gateway's documentation, the Gateway API Inference
 * Extension.
 */
export const builtInDialects: readonly MetricDialect[] = [
  {
    name: 'opentelemetry-genai',
    ...genAi,
    requests: genAiClientRequests,
    errors: {
      kind: 'label',
      counter: genAiClientRequests,
      label: 'error_type',
      ok: [''],
    },
    duration: openTelemetryDuration(
      'gen_ai_client_operation_duration_seconds',
      'gen_ai.client.operation.duration',
      DURATION_BOUNDS,
    ),
    tokens: { input: genAiTokens('input'), output: genAiTokens('output') },
    timeToFirstToken: openTelemetryFirstToken,
  },
  // It tells its series from other servers' by the name that the client asked for, before any rewriting.
  {
    ...genAiServer('envoy-ai-gateway'),
    requiredLabel: 'gen_ai_original_model',
  },
  {
    ...genAiServer('opentelemetry-genai-server'),
    duration: openTelemetryDuration(
      'gen_ai_server_request_duration_seconds',
      'gen_ai.server.request.duration',
      DURATION_BOUNDS,
    ),
    timeToFirstToken: openTelemetryFirstToken,
  },
  {
    name: 'vllm',
    exporter: 'model-server',
    silencedBy: '--disable-log-stats',
    anySpelling: true,
    modelLabels: ['model_name'],
    providerLabels: [],
    requests: vllmRequests,
    // It counts every request that its engine ended, whatever it is called; one that was refused before is not counted.
    errors: {
      kind: 'label',
      counter: vllmRequests,
      label: 'finished_reason',
      ok: ['stop', 'length', 'repetition'],
      alsoIstio: true,
    },
    duration: seconds('vllm:e2e_request_latency_seconds'),
    tokens: {
      input: { metrics: ['vllm:prompt_tokens_total'] },
      output: { metrics: ['vllm:generation_tokens_total'] },
    },
    timeToFirstToken: seconds('vllm:time_to_first_token_seconds'),
    load: {
      running: { metrics: ['vllm:num_requests_running'] },
      waiting: { metrics: ['vllm:num_requests_waiting'] },
      cacheUse: {
        metrics: ['vllm:kv_cache_usage_perc', 'vllm:gpu_cache_usage_perc'],
      },
    },
  },
  {
    name: 'micrometer',
    anySpelling: true,
    modelLabels: ['model'],
    providerLabels: ['provider'],
    requests: micrometerRequests,
    errors: {
      kind: 'label',
      counter: micrometerRequests,
      label: 'status',
      ok: ['success'],
    },
    fallbacks: { metrics: ['ai_circuit_fallback_total'] },
    duration: micrometerTimer(
      'ai_model_response_time_seconds',
      'ai.model.response.time',
    ),
    tokens: {
      total: {
        metrics: [
          'ai_token_consumption_tokens_sum',
          'ai_token_consumption_sum',
        ],
      },
    },
  },
  {
    name: 'spring-ai',
    ...genAi,
    requests: springRequests,
    errors: {
      kind: 'label',
      counter: springRequests,
      label: 'error',
      ok: ['', 'none'],
    },
    duration: micrometerTimer(
      'gen_ai_client_operation_seconds',
      'gen_ai.client.operation',
    ),
    tokens: { input: springTokens('input'), output: springTokens('output') },
  },
  {
    name: 'inference-extension',
    exporter: 'endpoint-picker',
    anySpelling: true,
    modelLabels: ['model_name', 'target_model_name'],
    answeredByLabel: 'target_model_name',
    providerLabels: [],
    requests: { metrics: inference('request_total') },
    errors: {
      kind: 'counter',
      counter: { metrics: inference('request_error_total') },
    },
    duration: seconds(...inference('request_duration_seconds')),
    tokens: {
      input: { metrics: inference('input_tokens_sum') },
      output: { metrics: inference('output_tokens_sum') },
    },
  },
];
