import { eq } from '../../prometheus/promql';
import { timeToFirstTokenMs, tokensPerSecond } from './aiMetrics';

const pods = [eq('namespace', 'ai')];

describe('AI metrics', () => {
  it('are asked for by their documented names where none is exported', () => {
    const tokens = tokensPerSecond(pods, 60, new Set());
    for (const name of [
      'gen_ai_client_token_usage_sum{namespace="ai",gen_ai_token_type=~"input|output"}',
      'gen_ai_client_token_usage_total{',
      'ai_token_consumption_sum{namespace="ai"}',
      'vllm:prompt_tokens_total{namespace="ai"}',
      'vllm:generation_tokens_total{namespace="ai"}',
    ]) {
      expect(tokens).toContain(name);
    }
  });

  it('keep the dots of OpenTelemetry’s names and attributes, where a Prometheus 3 does', () => {
    const names = new Set([
      'gen_ai.client.token.usage_sum',
      'gen_ai.server.time_to_first_token_sum',
      'gen_ai.server.time_to_first_token_count',
    ]);
    expect(tokensPerSecond(pods, 60, names)).toContain(
      '{__name__="gen_ai.client.token.usage_sum",namespace="ai","gen_ai.token.type"=~"input|output"}',
    );
    const firstToken = timeToFirstTokenMs(pods, 60, names);
    for (const part of ['sum', 'count']) {
      expect(firstToken).toContain(
        `{__name__="gen_ai.server.time_to_first_token_${part}",namespace="ai","error.type"=""}`,
      );
    }
    expect(firstToken).toContain('* 1000');
  });

  it('take sum and count out of native histograms', () => {
    const firstToken = timeToFirstTokenMs(
      pods,
      60,
      new Set(['vllm:time_to_first_token_seconds']),
    );
    expect(firstToken).toMatch(
      /histogram_sum\(.*rate\(vllm:time_to_first_token_seconds\{/,
    );
    expect(firstToken).toMatch(
      /histogram_count\(.*rate\(vllm:time_to_first_token_seconds\{/,
    );
  });

  it.each([
    ['gen_ai_server_time_to_first_token_milliseconds', '* 1)'],
    ['gen_ai_server_time_to_first_token_us', '* 0.001)'],
    ['gen_ai_server_time_to_first_token', '* 1000)'],
  ])('read %s in its unit', (name, factor) => {
    const firstToken = timeToFirstTokenMs(
      pods,
      60,
      new Set([`${name}_sum`, `${name}_count`]),
    );
    const [, after] = firstToken.split(`${name}_count`);
    expect(after.slice(0, 80)).toContain(factor);
  });
});
