import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { withExtraLabels } from '../extraLabels';
import {
  countBy,
  divide,
  duration,
  eq,
  increase,
  increaseWithBirths,
  le,
  matches,
  maxBy,
  maxOverTime,
  minBy,
  neq,
  noneOf,
  oneOf,
  or,
  quote,
  rate,
  relabel,
  selector,
  sumBy,
  tag,
  unquote,
} from '.';

/** The syntax tree as text; a mistake in the query shows as a ⚠. */
function tree(promql: string): string {
  return parser.parse(promql).toString();
}

const hostile = [
  '"} or vector(1) #',
  'a\nb',
  '\\',
  '\\"',
  "'`",
  '{}[]()|.*+?^$',
  '$1',
  'ünïcödé \u2028 😀',
  '\ud800',
  '\u0000\u007f',
];

describe('the query builder', () => {
  it.each([
    [
      'an increase that counts what a new series begins with',
      sumBy(['reporter'], increaseWithBirths(selector('requests_total'), 900)),
      'sum by (reporter) ((requests_total{} unless (requests_total{} offset 15m)) or increase(requests_total{}[15m]))',
    ],
    [
      'a rate by labels',
      sumBy(
        ['source_workload', 'response_code'],
        rate(
          selector(
            'istio_requests_total',
            eq('reporter', 'destination'),
            oneOf('destination_service_namespace', ['shop', 'ai.services']),
          ),
          300,
        ),
      ),
      'sum by (source_workload, response_code) (rate(istio_requests_total{reporter="destination",destination_service_namespace=~"shop|ai\\\\.services"}[5m]))',
    ],
    [
      'several metrics in one answer',
      or(
        tag(maxBy([], selector('a')), 'metric', 'a'),
        tag(minBy(['x'], selector('b', neq('x', ''))), 'metric', '$1'),
      ),
      '(label_replace(max by () (a{}), "metric", "a", "", "")) or (label_replace(min by (x) (b{x!=""}), "metric", "$$1", "", ""))',
    ],
    [
      'a ratio',
      divide(
        increase(
          selector('bad_total', matches('response_code', '5..|0')),
          3600,
        ),
        increase(selector('all_total', noneOf('flag', ['-', 'x'])), 3600),
      ),
      '(increase(bad_total{response_code=~"5..|0"}[1h])) / (increase(all_total{flag!~"-|x"}[1h]))',
    ],
    [
      'a count of peaks',
      countBy(['pod'], maxOverTime(selector('up'), 90)),
      'count by (pod) (max_over_time(up{}[90s]))',
    ],
    [
      'one value instead of an alternation of one',
      selector('vllm:num_requests_running', oneOf('a', ['x', 'x'])),
      'vllm:num_requests_running{a="x"}',
    ],
  ])('writes %s', (_, built, expected) => {
    expect(built).toBe(expected);
    expect(tree(built)).not.toContain('⚠');
  });

  it.each([
    [300, '5m'],
    [90, '90s'],
    [3600, '1h'],
    [86_400 * 30, '30d'],
    [0.5, '500ms'],
  ])('writes %s seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it.each([
    [1000, 'le=~"1000|1000\\\\.0"'],
    [0.5, 'le="0.5"'],
    [1, 'le=~"1|1\\\\.0"'],
    [0.00005, 'le=~"0\\\\.00005|5e-05"'],
    [0, 'le=~"0|0\\\\.0"'],
    [3_600_000, 'le=~"3600000|3600000\\\\.0|3\\\\.6e\\\\+06"'],
    [Infinity, 'le="+Inf"'],
  ])('finds the bucket %s however it is spelt', (bound, text) => {
    expect(le(bound)).toBe(text);
  });

  it.each([
    [
      selector('gen_ai.client.errors', eq('error.type', 'x')),
      '{__name__="gen_ai.client.errors","error.type"="x"}',
    ],
    [sumBy(['k8s.pod.name'], selector('m')), 'sum by ("k8s.pod.name") (m{})'],
    [
      relabel(selector('m'), 'model', 'gen_ai.request.model', '(.+)'),
      'label_replace(m{}, "model", "$1", "gen_ai.request.model", "(.+)")',
    ],
  ])('writes names of Prometheus 3: %s', (built, text) => {
    expect(built).toBe(text);
    expect(tree(built)).not.toContain('⚠');
  });

  it('reads back what it quotes, and knows every kind of string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), value => {
        expect(unquote(quote(value))).toBe(value);
      }),
    );
    for (const [literal, text] of [
      ['`a\\n"`', 'a\\n"'],
      ["'it\\'s'", "it's"],
      ['"\\x41\\101\\u00fc\\U0001F600\\a"', 'AAü😀\x07'],
    ]) {
      expect(unquote(literal)).toBe(text);
    }
  });

  it.each(hostile)('keeps %j inside its string', value => {
    const plain = tree(tag(selector('m', eq('a', 'x')), 'b', 'x'));
    expect(tree(tag(selector('m', eq('a', value)), 'b', value))).toBe(plain);
    expect(
      tree(selector('m', oneOf('a', [value, 'x']), noneOf('b', [value]))),
    ).toBe(tree('m{a=~"x", b!~"y"}'));
  });

  it('keeps any text inside its string', () => {
    const plain = tree('m{a="x"}');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        expect(tree(selector('m', eq('a', value)))).toBe(plain);
      }),
    );
  });

  it.each([
    ['a metric', () => selector('up or vector(1)')],
    ['a label', () => eq('a="x",b', 'c')],
    ['a grouping label', () => sumBy(['a) (x'], selector('m'))],
    ['a window', () => rate(selector('m'), 0)],
    ['a value', () => oneOf('a', [])],
  ])('refuses what cannot be %s', (_, build) => {
    expect(build).toThrow(Error);
  });
});

describe('withExtraLabels', () => {
  const labels = { cluster: 'eu "1"', tenant: 'a' };
  const added = 'cluster="eu \\"1\\"",tenant="a"';

  it.each([
    ['m', `m{${added}}`],
    ['m{}', `m{${added}}`],
    ['m{a="}"}', `m{${added},a="}"}`],
    ['{__name__="m"}', `{${added},__name__="m"}`],
    [
      'sum by (a) (rate(m{a="1"}[5m] offset 1h)) / on (a) group_left () m[1h:5m]',
      `sum by (a) (rate(m{${added},a="1"}[5m] offset 1h)) / on (a) group_left () m{${added}}[1h:5m]`,
    ],
    ['vector(1)', 'vector(1)'],
  ])('adds them to every selector of %s', (promql, expected) => {
    expect(withExtraLabels(promql, labels)).toBe(expected);
    expect(tree(expected)).not.toContain('⚠');
  });

  it('leaves a query alone where there are none', () => {
    expect(withExtraLabels('sum(m)', {})).toBe('sum(m)');
  });

  it('refuses what is not PromQL', () => {
    expect(() => withExtraLabels('sum(m', labels)).toThrow(/Not PromQL/);
  });
});
