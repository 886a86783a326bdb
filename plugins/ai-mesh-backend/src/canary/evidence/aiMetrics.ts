import {
  add,
  divide,
  eq,
  multiply,
  oneOf,
  or,
  rate,
  selector,
  sumBy,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';

/** vLLM's prefix as it writes it, as OpenTelemetry's exporters do, and behind KServe's. */
const VLLM = ['vllm:', 'vllm_', 'kserve_vllm:', 'kserve_vllm_'];
/** Units that exporters end a duration's name in, with their milliseconds; the convention's is seconds. */
const DURATIONS: [unit: string, ms: number][] = [
  ['_seconds', 1000],
  ['_milliseconds', 1],
  ['', 1000],
];

/**
 * Tokens per second that a version's pods report, in whichever of three dialects they do: OpenTelemetry's conventions
 * for generative AI (Spring AI counts with the same labels), Micrometer as teams write it by hand, or vLLM. The first
 * that has series counts, so that two dialects, or two spellings, of one pod do not count twice. The spellings are
 * listed: a rate over series of several names at once is an error where a pod has two of them.
 */
export function tokensPerSecond(
  pods: readonly Matcher[],
  windowSeconds: number,
): Expr {
  const total = (metric: string, ...more: Matcher[]) =>
    sumBy([], rate(selector(metric, ...pods, ...more), windowSeconds));
  // Spring AI has a third type, `total`, which is the sum of these two.
  const kinds = oneOf('gen_ai_token_type', ['input', 'output']);
  return or(
    total('gen_ai_client_token_usage_sum', kinds),
    ...['_token_sum', '_tokens_sum', '_total'].map(suffix =>
      total(`gen_ai_client_token_usage${suffix}`, kinds),
    ),
    total('ai_token_consumption_tokens_sum'),
    total('ai_token_consumption_sum'),
    ...VLLM.map(prefix =>
      add(
        total(`${prefix}prompt_tokens_total`),
        total(`${prefix}generation_tokens_total`),
      ),
    ),
  );
}

/** The mean time to the first token, milliseconds; the hand-written dialect does not have it. */
export function timeToFirstTokenMs(
  pods: readonly Matcher[],
  windowSeconds: number,
): Expr {
  const mean = (metric: string, unitMs: number, ...more: Matcher[]) => {
    const total = (part: string) =>
      sumBy(
        [],
        rate(selector(`${metric}_${part}`, ...pods, ...more), windowSeconds),
      );
    return multiply(divide(total('sum'), total('count')), unitMs);
  };
  const [first, ...more] = [
    // An answer that failed has no first token worth the name.
    ...DURATIONS.map(([unit, ms]) =>
      mean(
        `gen_ai_server_time_to_first_token${unit}`,
        ms,
        eq('error_type', ''),
      ),
    ),
    ...VLLM.map(prefix => mean(`${prefix}time_to_first_token_seconds`, 1000)),
  ];
  return or(first, ...more);
}
