import { labelSpelt, spelt, unitMsOf } from '../../prometheus/metricSpelling';
import {
  add,
  divide,
  eq,
  histogramCount,
  histogramSum,
  multiply,
  oneOf,
  or,
  rate,
  selector,
  sumBy,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';

/** OpenTelemetry's histogram, and Spring AI's counter with the same labels. */
const USAGE = [
  'gen_ai_client_token_usage_sum',
  'gen_ai_client_token_usage_total',
];
/** As teams write it by hand with Micrometer. */
const BY_HAND = 'ai_token_consumption_sum';
const VLLM_PROMPT = 'vllm:prompt_tokens_total';
const VLLM_ANSWER = 'vllm:generation_tokens_total';
const FIRST_TOKEN = 'gen_ai_server_time_to_first_token_seconds';
const VLLM_FIRST_TOKEN = 'vllm:time_to_first_token_seconds';
/** Where a name says no unit: OpenTelemetry's convention has seconds, and so has vLLM. */
const UNNAMED_UNIT_MS = 1000;

/** Metrics that the gates of AI services are measured by, as their documentation writes them. */
export const AI_METRICS: readonly string[] = [
  ...USAGE,
  BY_HAND,
  VLLM_PROMPT,
  VLLM_ANSWER,
  ...[FIRST_TOKEN, VLLM_FIRST_TOKEN].flatMap(metric => [
    `${metric}_sum`,
    // A native histogram has no series of its sum.
    metric,
  ]),
];

/** A metric in the spellings that exist; one of which there is none, as it is documented. */
function named(metric: string, names: Iterable<string>): string[] {
  const found = spelt(metric, names);
  return found.length > 0 ? found : [metric];
}

/**
 * Tokens per second that a version's pods report, in whichever of three dialects they do: OpenTelemetry's conventions
 * for generative AI (Spring AI counts with the same labels), Micrometer as teams write it by hand, or vLLM. The first
 * that has series counts, so that two dialects, or two spellings, of one pod do not count twice.
 *
 * @param names - that the pods export
 */
export function tokensPerSecond(
  pods: readonly Matcher[],
  windowSeconds: number,
  names: ReadonlySet<string>,
): Expr {
  const total = (metric: string, ...more: Matcher[]) =>
    sumBy([], rate(selector(metric, ...pods, ...more), windowSeconds));
  const usage = (name: string) => {
    const all = total(
      name,
      // Spring AI has a third type, `total`, which is the sum of these two.
      oneOf(labelSpelt('gen_ai_token_type', name), ['input', 'output']),
    );
    // Without a suffix it is a counter, or a native histogram: of other series the function gives nothing.
    return /_(?:sum|total)$/.test(name) ? all : or(histogramSum(all), all);
  };
  const [first, ...more] = [
    ...USAGE.flatMap(metric => named(metric, names)).map(usage),
    ...named(BY_HAND, names).map(name => total(name)),
    ...named(VLLM_PROMPT, names).map(prompt =>
      add(total(prompt), total(answersOf(prompt, names))),
    ),
  ];
  return or(first, ...more);
}

/** The counter of answers that is spelt as one of prompts. */
function answersOf(prompt: string, names: ReadonlySet<string>): string {
  const alike = prompt.replace('prompt', 'generation');
  return names.has(alike) ? alike : named(VLLM_ANSWER, names)[0];
}

/** The histogram of times to the first token among what a version's pods export, by its own name. */
export function firstTokenHistogram(
  names: Iterable<string>,
): string | undefined {
  const [bucket] = [FIRST_TOKEN, VLLM_FIRST_TOKEN].flatMap(metric =>
    spelt(`${metric}_bucket`, names),
  );
  return bucket?.replace(/_bucket$/, '');
}

/** How the times of such a histogram are read. */
export function readFirstToken(metric: string): {
  unitMs: number;
  /** Failures carry it; an answer that failed has no first token worth the name. */
  failureLabel?: string;
} {
  const isVllm = spelt(VLLM_FIRST_TOKEN, [metric]).length > 0;
  return {
    unitMs:
      unitMsOf(isVllm ? VLLM_FIRST_TOKEN : FIRST_TOKEN, metric) ??
      UNNAMED_UNIT_MS,
    ...(!isVllm && { failureLabel: labelSpelt('error_type', metric) }),
  };
}

/** The histograms of {@link firstTokenHistogram}, as their documentation writes them. */
export const FIRST_TOKEN_BUCKETS: readonly string[] = [
  `${FIRST_TOKEN}_bucket`,
  `${VLLM_FIRST_TOKEN}_bucket`,
];

/**
 * The mean time to the first token, milliseconds; the hand-written dialect does not have it.
 *
 * @param names - that the pods export
 */
export function timeToFirstTokenMs(
  pods: readonly Matcher[],
  windowSeconds: number,
  names: ReadonlySet<string>,
): Expr {
  const wholes = new Set(
    Array.from(names, name => name.replace(/_(?:sum|count|bucket)$/, '')),
  );
  const mean = (documented: string, ...conditions: string[]) =>
    named(documented, wholes).map(name => {
      const grown = (metric: string) =>
        sumBy(
          [],
          rate(
            selector(
              metric,
              ...pods,
              ...conditions.map(label => eq(labelSpelt(label, name), '')),
            ),
            windowSeconds,
          ),
        );
      const [sum, count] = names.has(name)
        ? [histogramSum(grown(name)), histogramCount(grown(name))]
        : [grown(`${name}_sum`), grown(`${name}_count`)];
      return multiply(
        divide(sum, count),
        unitMsOf(documented, name) ?? UNNAMED_UNIT_MS,
      );
    });
  const [first, ...more] = [
    // An answer that failed has no first token worth the name.
    ...mean(FIRST_TOKEN, 'error_type'),
    ...mean(VLLM_FIRST_TOKEN),
  ];
  return or(first, ...more);
}
