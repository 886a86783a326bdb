import type { CounterSpec, MetricDialect } from './MetricDialect';

const SECONDS = 1000;
const genAiModel = ['gen_ai_response_model', 'gen_ai_request_model'];
const genAiProvider = ['gen_ai_provider_name', 'gen_ai_system'];

/** OpenTelemetry's token histogram: some exporters add the unit `{token}` to the name. Its sum counts tokens. */
function genAiTokens(type: string): CounterSpec {
  return {
    metrics: [
      'gen_ai_client_token_usage_sum',
      'gen_ai_client_token_usage_token_sum',
      'gen_ai_client_token_usage_tokens_sum',
    ],
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

/**
 * The dialects that are understood out of the box, richest first. Names and labels: OpenTelemetry's semantic
 * conventions for generative AI, vLLM's and Spring AI's documentation, the Gateway API Inference Extension.
 */
export const builtInDialects: readonly MetricDialect[] = [
  {
    name: 'opentelemetry-genai',
    modelLabels: genAiModel,
    providerLabels: genAiProvider,
    requests: { metrics: ['gen_ai_client_operation_duration_seconds_count'] },
    errors: {
      kind: 'label',
      counter: { metrics: ['gen_ai_client_operation_duration_seconds_count'] },
      label: 'error_type',
      ok: [''],
    },
    durations: [
      {
        kind: 'histogram',
        metrics: ['gen_ai_client_operation_duration_seconds'],
        unitMs: SECONDS,
      },
    ],
    tokens: { input: genAiTokens('input'), output: genAiTokens('output') },
    timeToFirstToken: {
      kind: 'histogram',
      metrics: ['gen_ai_server_time_to_first_token_seconds'],
      unitMs: SECONDS,
    },
  },
  {
    name: 'vllm',
    modelLabels: ['model_name'],
    providerLabels: [],
    requests: { metrics: ['vllm:request_success_total'] },
    // vLLM counts successes only.
    errors: { kind: 'istio' },
    durations: [
      {
        kind: 'histogram',
        metrics: ['vllm:e2e_request_latency_seconds'],
        unitMs: SECONDS,
      },
    ],
    tokens: {
      input: { metrics: ['vllm:prompt_tokens_total'] },
      output: { metrics: ['vllm:generation_tokens_total'] },
    },
    timeToFirstToken: {
      kind: 'histogram',
      metrics: ['vllm:time_to_first_token_seconds'],
      unitMs: SECONDS,
    },
  },
  {
    name: 'micrometer',
    modelLabels: ['model'],
    providerLabels: ['provider'],
    requests: { metrics: ['ai_model_requests_total'] },
    errors: {
      kind: 'label',
      counter: { metrics: ['ai_model_requests_total'] },
      label: 'status',
      ok: ['success'],
    },
    durations: [
      {
        kind: 'histogram',
        metrics: ['ai_model_response_time_seconds'],
        unitMs: SECONDS,
      },
      {
        kind: 'quantile-gauge',
        metrics: ['ai_model_response_time_seconds'],
        unitMs: SECONDS,
      },
    ],
    tokens: { total: { metrics: ['ai_token_consumption_tokens_sum'] } },
  },
  {
    name: 'spring-ai',
    modelLabels: genAiModel,
    providerLabels: genAiProvider,
    requests: { metrics: ['gen_ai_client_operation_seconds_count'] },
    errors: {
      kind: 'label',
      counter: { metrics: ['gen_ai_client_operation_seconds_count'] },
      label: 'error',
      ok: ['', 'none'],
    },
    durations: [
      {
        kind: 'histogram',
        metrics: ['gen_ai_client_operation_seconds'],
        unitMs: SECONDS,
      },
      {
        kind: 'quantile-gauge',
        metrics: ['gen_ai_client_operation_seconds'],
        unitMs: SECONDS,
      },
    ],
    tokens: { input: springTokens('input'), output: springTokens('output') },
  },
  {
    name: 'inference-extension',
    modelLabels: ['target_model_name', 'model_name'],
    providerLabels: [],
    requests: {
      metrics: [
        'inference_objective_request_total',
        'inference_model_request_total',
      ],
    },
    errors: {
      kind: 'counter',
      counter: {
        metrics: [
          'inference_objective_request_error_total',
          'inference_model_request_error_total',
        ],
      },
    },
    durations: [
      {
        kind: 'histogram',
        metrics: [
          'inference_objective_request_duration_seconds',
          'inference_model_request_duration_seconds',
        ],
        unitMs: SECONDS,
      },
    ],
    tokens: {
      input: {
        metrics: [
          'inference_objective_input_tokens_sum',
          'inference_model_input_tokens_sum',
        ],
      },
      output: {
        metrics: [
          'inference_objective_output_tokens_sum',
          'inference_model_output_tokens_sum',
        ],
      },
    },
  },
];
