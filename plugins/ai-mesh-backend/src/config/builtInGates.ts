import { titleOfText } from '../titles';

/**
 * Gates for metrics that AI services are known to export, in the very form of a configuration. Their names count in any
 * spelling that exporters give them: with a prefix, with dots, without `_total`. Whoever counts by other
 * names configures a gate of the same name, which replaces the built-in one. Optional, and without a say where neither
 * version has such series.
 *
 * Names and labels: the Gateway API's inference extension for InferencePools, whose endpoint pickers count what waits and
 * what is full beyond these bounds as saturated (5 requests, 80 %); vLLM's `request_success_total` (`finished_reason`), OpenTelemetry's conventions for generative AI as
 * exporters turn them into metrics (attributes with underscores), and counters as Micrometer writes those of teams that
 * count by hand.
 */
export const builtInGates = [
  {
    name: 'thumbs-down',
    title: titleOfText('title.thumbs-down'),
    kind: 'share',
    bad: 'ai_feedback_total{rating="down",{{selector}}}',
    all: 'ai_feedback_total{ {{selector}} }',
    rollBackAbove: 0.3,
    advanceBelow: 0.2,
    nonInferiorityMargin: 0.05,
  },
  {
    name: 'evaluation-score',
    title: titleOfText('title.evaluation-score'),
    kind: 'mean',
    sum: 'gen_ai_evaluation_score_sum{ {{selector}} }',
    count: 'gen_ai_evaluation_score_count{ {{selector}} }',
    better: 'higher',
    rollBack: { timesStable: 0.9 },
    advance: { timesStable: 0.97 },
    leastCount: 30,
  },
  {
    name: 'cut-off',
    title: titleOfText('title.cut-off'),
    kind: 'share',
    bad: 'vllm:request_success_total{finished_reason="length",{{selector}}} or ai_answers_total{finish_reason="length",{{selector}}}',
    all: 'vllm:request_success_total{ {{selector}} } or ai_answers_total{ {{selector}} }',
    rollBackAbove: 0.1,
    advanceBelow: 0.03,
    nonInferiorityMargin: 0.02,
  },
  {
    name: 'guardrail-refusals',
    title: titleOfText('title.guardrail-refusals'),
    kind: 'share',
    bad: 'ai_answers_total{finish_reason="content_filter",{{selector}}}',
    all: 'ai_answers_total{ {{selector}} }',
    rollBackAbove: 0.1,
    advanceBelow: 0.03,
    nonInferiorityMargin: 0.02,
  },
  {
    name: 'empty-answers',
    title: titleOfText('title.empty-answers'),
    kind: 'share',
    bad: 'ai_answers_total{finish_reason="empty",{{selector}}}',
    all: 'ai_answers_total{ {{selector}} }',
    rollBackAbove: 0.05,
    advanceBelow: 0.01,
    nonInferiorityMargin: 0.01,
  },
  {
    name: 'fallback-answers',
    title: titleOfText('title.fallback-answers'),
    kind: 'share',
    bad: 'ai_circuit_fallback_total{ {{selector}} }',
    all: 'ai_model_requests_total{ {{selector}} }',
    rollBackAbove: 0.1,
    advanceBelow: 0.03,
    nonInferiorityMargin: 0.02,
  },
  {
    name: 'pool-queue',
    title: titleOfText('title.pool-queue'),
    onlyPools: true,
    kind: 'value',
    query:
      'max(avg_over_time(inference_pool_average_queue_size{name="{{version}}",namespace="{{namespace}}"}[{{window}}]))',
    rollBack: { bound: 20 },
    advance: { bound: 5 },
  },
  {
    name: 'pool-cache',
    title: titleOfText('title.pool-cache'),
    onlyPools: true,
    kind: 'value',
    unit: 'ratio',
    query:
      'max(avg_over_time(inference_pool_average_kv_cache_utilization{name="{{version}}",namespace="{{namespace}}"}[{{window}}]))',
    rollBack: { bound: 0.97 },
    advance: { bound: 0.8 },
  },
].map(gate => ({ ...gate, ifMissing: 'not-applicable' }));
