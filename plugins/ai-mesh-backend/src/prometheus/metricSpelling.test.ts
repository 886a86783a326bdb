import fc from 'fast-check';
import { spellings, spellingsOfAll, spelt, unitMsOf } from './metricSpelling';

const isSpelt = (name: string, spelling: string) =>
  spelt(name, [spelling]).length === 1;

describe('the spellings of a metric', () => {
  const duration = 'gen_ai_client_operation_seconds';
  it.each([
    [duration, 'gen_ai_client_operation_milliseconds', 1],
    [duration, 'gen_ai_client_operation_seconds', 1000],
    [duration, 'gen_ai_client_operation', undefined],
    [duration, 'gen_ai.client.operation', undefined],
    [duration, 'otel_gen_ai_client_operation_microseconds', 0.001],
    [`${duration}_count`, 'gen_ai_client_operation_milliseconds_count', 1],
    [`${duration}_bucket`, 'gen_ai.client.operation.s_bucket', 1000],
    ['vllm:prompt_tokens_total', 'vllm_prompt_tokens_total', undefined],
    ['vllm:prompt_tokens_total', 'kserve_vllm:prompt_tokens_total', undefined],
    ['vllm:prompt_tokens_total', 'vllm.prompt_tokens', undefined],
    [
      'vllm:num_requests_running',
      'kserve_vllm:num_requests_running',
      undefined,
    ],
    [
      'gen_ai_client_token_usage_sum',
      'gen_ai_client_token_usage_tokens_sum',
      undefined,
    ],
    ['gen_ai_client_errors_total', 'gen_ai.client.errors', undefined],
  ])('of %s have %s among them', (name, spelling, unitMs) => {
    expect(isSpelt(name, spelling)).toBe(true);
    expect(unitMsOf(name, spelling)).toBe(unitMs);
  });

  it.each([
    [duration, 'gen_ai_client_operation_duration_seconds'],
    [duration, 'gen_ai_client_operation_seconds_count'],
    [duration, 'gen_ai_server_operation_seconds'],
    [`${duration}_count`, 'gen_ai_client_operation_seconds_sum'],
    ['vllm:prompt_tokens_total', 'vllm:request_prompt_tokens_sum'],
    ['vllm:prompt_tokens_total', 'xvllm:prompt_tokens_total'],
    ['vllm:prompt_tokens_total', 'vllm:prompt_tokens_created'],
    ['vllm:generation_tokens_total', 'vllm:iteration_tokens_total'],
    ['ai_model_requests_total', 'ai_model_requests_failed_total'],
    ['ai_model_requests_total', 'ai_model_requests_total:rate5m'],
  ])('of %s have no %s', (name, other) => {
    expect(isSpelt(name, other)).toBe(false);
  });

  const word = fc.stringMatching(/^[a-z]{3,8}$/);
  const words = fc.array(word, { minLength: 2, maxLength: 5 });
  const separator = fc.constantFrom('_', ':', '.');
  const unit = fc.constantFrom(
    ['seconds', 1000],
    ['milliseconds', 1],
    ['ms', 1],
    ['', undefined],
  );
  const part = fc.constantFrom('', '_count', '_sum', '_bucket');

  it('hold whatever the words, the prefix, the separators and the unit', () => {
    fc.assert(
      fc.property(
        words,
        fc.option(word, { nil: undefined }),
        separator,
        unit,
        part,
        (stem, prefix, between, [written, unitMs], suffix) => {
          const name = `${stem.join('_')}_seconds${suffix}`;
          const spelling = `${[
            ...(prefix === undefined ? [] : [prefix]),
            ...stem,
            ...(written ? [written] : []),
          ].join(between)}${suffix}`;
          expect(isSpelt(name, spelling)).toBe(true);
          expect(unitMsOf(name, spelling)).toBe(unitMs);
        },
      ),
    );
  });

  it('hold no name that lacks a word or has another part', () => {
    fc.assert(
      fc.property(words, fc.nat(), part, (stem, at, suffix) => {
        const name = `${stem.join('_')}_seconds${suffix}`;
        const fewer = stem.filter((_, index) => index !== at % stem.length);
        fc.pre(!stem.join('_').endsWith(fewer.join('_')) || fewer.length === 0);
        expect(isSpelt(name, `${fewer.join('_')}_seconds${suffix}`)).toBe(
          false,
        );
        const other = suffix === '_count' ? '_sum' : '_count';
        expect(isSpelt(name, `${stem.join('_')}_seconds${other}`)).toBe(false);
      }),
    );
  });

  it('come with the documented one first', () => {
    expect(
      spelt('vllm:prompt_tokens_total', [
        'kserve_vllm:prompt_tokens_total',
        'vllm_prompt_tokens_total',
        'other',
        'vllm:prompt_tokens_total',
      ]),
    ).toEqual([
      'vllm:prompt_tokens_total',
      'vllm_prompt_tokens_total',
      'kserve_vllm:prompt_tokens_total',
    ]);
  });
});

describe('the spellings of several metrics as one', () => {
  const metrics = [
    'gen_ai_client_operation_seconds_count',
    'gen_ai_client_operation_seconds_bucket',
    'gen_ai_client_operation_seconds',
    'vllm:prompt_tokens_total',
    'ai_model_requests_total',
    'vllm:num_requests_running',
  ];
  const whole = (regex: string) => new RegExp(`^(?:${regex})$`);
  const together = whole(spellingsOfAll(metrics));
  const each = metrics.map(name => whole(spellings(name)));

  it('are those of each, and no other', () => {
    const words = fc.constantFrom(
      ...['gen_ai_client', 'operation', 'vllm', 'prompt_tokens', 'ai_model'],
      ...['requests', 'num_requests_running', 'seconds', 'milliseconds'],
      ...['total', 'count', 'bucket', 'sum', 'tokens', 'kserve'],
    );
    const name = fc
      .array(fc.tuple(words, fc.constantFrom('_', ':', '.')), {
        minLength: 1,
        maxLength: 5,
      })
      .map(parts => parts.flat().slice(0, -1).join(''));
    fc.assert(
      fc.property(fc.oneof(name, fc.constantFrom(...metrics)), one => {
        expect(together.test(one)).toBe(each.some(regex => regex.test(one)));
      }),
      { numRuns: 3000 },
    );
  });

  it('are much shorter than those of each', () => {
    const all = metrics.map(spellings).join('|');
    expect(spellingsOfAll(metrics).length).toBeLessThan(all.length * 0.8);
  });
});
