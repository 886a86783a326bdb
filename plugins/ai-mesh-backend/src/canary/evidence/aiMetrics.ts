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

/**
 * Tokens per second that a version's pods report, in whichever of three dialects they do: OpenTelemetry's conventions
 * for generative AI (Spring AI counts with the same labels), Micrometer as teams write it by hand, or vLLM. The first
 * that has series counts, so that two dialects of one pod do not count twice.
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
    total('gen_ai_client_token_usage_total', kinds),
    total('ai_token_consumption_tokens_sum'),
    add(
      total('vllm:prompt_tokens_total'),
      total('vllm:generation_tokens_total'),
    ),
  );
}

/** The mean time to the first token, milliseconds; the hand-written dialect does not have it. */
export function timeToFirstTokenMs(
  pods: readonly Matcher[],
  windowSeconds: number,
): Expr {
  const mean = (metric: string, ...more: Matcher[]) => {
    const total = (part: string) =>
      sumBy(
        [],
        rate(selector(`${metric}_${part}`, ...pods, ...more), windowSeconds),
      );
    return divide(total('sum'), total('count'));
  };
  return multiply(
    or(
      // An answer that failed has no first token worth the name.
      mean('gen_ai_server_time_to_first_token_seconds', eq('error_type', '')),
      mean('vllm:time_to_first_token_seconds'),
    ),
    1000,
  );
}
