import { oneOf, selector } from '../../prometheus/promql';
import { customSeries } from './customSeries';

const confine = [oneOf('namespace', ['ai'])];
const read = (query: string) => {
  const { metric, matchers } = customSeries(query, confine);
  return selector(metric, ...matchers);
};

describe('customSeries', () => {
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
    ['sum(a', 'not PromQL'],
    ['a} or b{', 'not PromQL'],
    ['', 'not PromQL'],
    ['1', 'calculates'],
  ])('refuses %p', (query, message) => {
    expect(() => read(query)).toThrow(message);
  });
});
