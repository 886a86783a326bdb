import { oneOf, or, selector } from '../promql';
import { parseSliQuery } from './parseSliQuery';
import { confinedSeries } from '../../slo/objectives/confinedSeries';

const own = { ofPods: [[oneOf('namespace', ['ai'])]], ofCalls: [] };
const read = (query: string) => {
  const [first, ...more] = confinedSeries(parseSliQuery(query), own).map(
    ({ metric, matchers }) => selector(metric, ...matchers),
  );
  return or(first, ...more);
};

describe('parseSliQuery', () => {
  it.each([
    ['errors_total', 'errors_total{namespace="ai"}'],
    ['errors_total{}', 'errors_total{namespace="ai"}'],
    ['errors_total{app="chat",}', 'errors_total{app="chat",namespace="ai"}'],
    [
      'sum(errors_total{app="chat"})',
      'errors_total{app="chat",namespace="ai"}',
    ],
    [
      'sum by (app) (rate(errors_total{code=~"5..|0"}[{{.window}}]))',
      'errors_total{code=~"5..|0",namespace="ai"}',
    ],
    [
      'sum(increase(errors_total{a="}"}[$__rate_interval]))',
      'errors_total{a="}",namespace="ai"}',
    ],
    [
      'sum(rate(a_total[5m]) or rate(b_total{app="chat"}[5m]))',
      '(a_total{namespace="ai"}) or (b_total{app="chat",namespace="ai"})',
    ],
    [
      'sum(\n\trate(errors_total{app="chat"}[5m])\n)',
      'errors_total{app="chat",namespace="ai"}',
    ],
    ['e{a="[$x]"}', 'e{a="[$x]",namespace="ai"}'],
    ["e{a='b\"c'}", 'e{a="b\\"c",namespace="ai"}'],
    ['e{a=`b\\d`}', 'e{a="b\\\\d",namespace="ai"}'],
    ['e{a=~"b\\\\.c"}', 'e{a=~"b\\\\.c",namespace="ai"}'],
    [
      '{"gen_ai.client.errors"}',
      '{__name__="gen_ai.client.errors",namespace="ai"}',
    ],
    [
      'sum(rate({"gen_ai.client.errors", "error.type"!="", app=\'chat\'}[5m]))',
      '{__name__="gen_ai.client.errors","error.type"!="",app="chat",namespace="ai"}',
    ],
    ['{__name__="errors_total"}', 'errors_total{namespace="ai"}'],
    ['d_bucket{le="1"}', 'd_bucket{le=~"1|1\\\\.0",namespace="ai"}'],
    ['d_bucket{le="1.0"}', 'd_bucket{le=~"1|1\\\\.0",namespace="ai"}'],
    [
      'd_bucket{le=~"1|2.5"}',
      'd_bucket{le=~"1|1\\\\.0|2\\\\.5",namespace="ai"}',
    ],
    ['d_bucket{le!="1"}', 'd_bucket{le!~"1|1\\\\.0",namespace="ai"}'],
    ['d_bucket{le="+Inf"}', 'd_bucket{le="+Inf",namespace="ai"}'],
    ['d_bucket{le=~"1.*"}', 'd_bucket{le=~"1.*",namespace="ai"}'],
    ['d{quantile="1.0"}', 'd{quantile=~"1|1\\\\.0",namespace="ai"}'],
    [
      'errors_total{a="\\u00fc\\x41\\n", b=`\\d`}',
      'errors_total{a="üA\\n",b="\\\\d",namespace="ai"}',
    ],
  ])('reads %s', (query, expected) => {
    expect(read(query)).toBe(expected);
  });

  it('adds its conditions even where the query says otherwise', () => {
    expect(read('errors_total{namespace="other"}')).toBe(
      'errors_total{namespace="other",namespace="ai"}',
    );
  });

  it.each([
    ['a + b', 'calculates'],
    ['sum(a) / sum(b)', 'calculates'],
    ['a offset 1h', 'calculates'],
    ['max(a)', 'uses max()'],
    ['histogram_quantile(0.9, a)', 'uses histogram_quantile()'],
    ['avg_over_time(a[5m])', 'uses avg_over_time()'],
    ['{__name__=~".+"}', 'names no metric'],
    ['{"a", "b"}', 'names no metric'],
    ['{app="chat"}', 'names no metric'],
    ['a{__name__=~".+"}', 'names no metric'],
    ['a{"__name__"!="b"}', 'names no metric'],
    ['{"a b"}', 'a name that Prometheus does not take'],
    ['a{"b}c"="d"}', 'a name that Prometheus does not take'],
    ['sum(a', 'not PromQL'],
    ['a} or b{', 'not PromQL'],
    ['', 'not PromQL'],
    ['1', 'calculates'],
    ['a{b="c"} #\r or d', 'a control character at character 11'],
    ['a{b="c", # why\n d="e"}', 'a comment at character 10'],
    ['a # or b', 'a comment'],
    ['a\u0000', 'a control character'],
    ['a\u0085b', 'a control character'],
    ['a{__name__="b"}', 'names no metric'],
    ['a{b="c}', 'not PromQL'],
    ['a{b=~"("}', 'a regular expression that RE2 cannot read at character 6'],
    ['a{b=~`\\Qc`}', 'a regular expression with'],
    ['atan2{b="c"}', 'names no metric'],
    ['a{b!~"(?=c)d"}', 'a regular expression that RE2 cannot read'],
    ['a{b=~"c)|(d"}', 'a regular expression that RE2 cannot read'],
    ['a or on (b) c', 'calculates'],
    ['a and b', 'calculates'],
    ['sum(a) or sum(b)', 'joins sums'],
    ['rate((a or b)[5m:1m])', 'calculates'],
    ['a @ 0', 'calculates'],
    ['sum(a, b)', 'calculates'],
    [`${'('.repeat(30)}a${')'.repeat(30)}`, 'nested more than 20 deep'],
    [`a{b="${'c'.repeat(2000)}"}`, 'it has 2007 characters'],
    [Array(11).fill('a').join(' or '), 'it joins 11 selectors'],
    [`a{${Array(21).fill('b="c"').join()}}`, 'it has 21 conditions'],
  ])('refuses %p', (query, message) => {
    expect(() => read(query)).toThrow(message);
  });
});
