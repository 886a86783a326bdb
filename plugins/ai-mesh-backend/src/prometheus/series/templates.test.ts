import { eq, matches } from '../promql';
import {
  countersOf,
  parseCounterTemplate,
  parseValueTemplate,
  valueOf,
} from './templates';

const scope = {
  pods: [eq('namespace', 'ai'), matches('pod', 'chat-v2-.*')],
  version: 'v2.1',
  service: 'chat',
  namespace: 'ai',
};

describe('parseCounterTemplate', () => {
  it.each([
    [
      'ai_feedback_total{rating="down",{{selector}}}',
      ['ai_feedback_total{rating="down",namespace="ai",pod=~"chat-v2-.*"}'],
    ],
    [
      'sum(increase(ai_feedback_total{ {{ .selector }} }[{{window}}]))',
      ['ai_feedback_total{namespace="ai",pod=~"chat-v2-.*"}'],
    ],
    [
      'votes_total{app="{{service}}.{{namespace}}",version="{{version}}"}',
      ['votes_total{app="chat.ai",version="v2.1"}'],
    ],
    [
      'votes_total{version=~"{{version}}|next"}',
      ['votes_total{version=~"v2\\\\.1|next"}'],
    ],
    [
      'a_total{ {{selector}} } or b_total{x="}",{{selector}}}',
      [
        'a_total{namespace="ai",pod=~"chat-v2-.*"}',
        'b_total{x="}",namespace="ai",pod=~"chat-v2-.*"}',
      ],
    ],
  ])('reads %s', (template, series) => {
    expect(countersOf(parseCounterTemplate(template), scope)).toEqual(series);
  });

  it.each([
    [
      'no place holder',
      'ai_feedback_total{rating="down"}',
      'it asks for ai_feedback_total of all versions',
    ],
    [
      'no place holder in one of two',
      'a_total{ {{selector}} } or b_total',
      'it asks for b_total of all versions',
    ],
    [
      'two queries',
      'a_total{ {{selector}} }; b_total{ {{selector}} }',
      'it is not PromQL at character 24',
    ],
    [
      'two queries in two lines',
      'a_total{ {{selector}} }\nb_total{ {{selector}} }',
      'it is not PromQL at character 25',
    ],
    [
      'a place holder that there is not',
      'a_total{version="{{versoin}}"}',
      'it has the place holder {{versoin}} in a text',
    ],
    [
      'the selector in a text',
      'a_total{version="{{selector}}"}',
      'it is not PromQL at character',
    ],
    ['a calculation', 'a_total{ {{selector}} } / 2', 'it calculates'],
    ['a comment', 'a_total{ {{selector}} } # x', 'it has a comment'],
  ])('refuses %s', (_, template, message) => {
    expect(() => parseCounterTemplate(template)).toThrow(message);
  });
});

describe('parseValueTemplate', () => {
  it.each([
    [
      'avg(answer_quality{ {{selector}} })',
      'avg(answer_quality{ namespace="ai",pod=~"chat-v2-.*" })',
    ],
    [
      "quantile(0.5, avg_over_time(q{app='{{service}}', {{selector}}}[{{window}}]))",
      'quantile(0.5, avg_over_time(q{app="chat", namespace="ai",pod=~"chat-v2-.*"}[5m]))',
    ],
    [
      'sum(rate(a{version=~"{{version}}"}[5m])) / sum(rate(b{version="{{version}}"}[5m]))',
      'sum(rate(a{version=~"v2\\\\.1"}[5m])) / sum(rate(b{version="v2.1"}[5m]))',
    ],
    [
      'sum(rate(a_bucket{le="1",{{selector}}}[{{window}}])) / sum(rate(a_bucket{le="+Inf",{{selector}}}[{{window}}]))',
      'sum(rate(a_bucket{le=~"1|1\\\\.0",namespace="ai",pod=~"chat-v2-.*"}[5m])) / sum(rate(a_bucket{le="+Inf",namespace="ai",pod=~"chat-v2-.*"}[5m]))',
    ],
    [
      'max(a{quantile!="0.5",le="{{version}}",{{selector}}})',
      'max(a{quantile!~"0\\\\.5",le="v2.1",namespace="ai",pod=~"chat-v2-.*"})',
    ],
  ])('reads %s', (template, promql) => {
    expect(valueOf(parseValueTemplate(template), scope, 300)).toBe(promql);
  });

  it.each([
    ['no place holder', 'avg(answer_quality)', 'it asks for answer_quality of'],
    [
      'no place holder in one of two',
      'avg(a{ {{selector}} }) / avg(b{x="y"})',
      'it asks for b of all versions',
    ],
    [
      'two queries',
      'avg(a{ {{selector}} }) avg(b{ {{selector}} })',
      'it is not PromQL',
    ],
    ['nothing', '', 'it is not'],
    ['too much', `a{ {{selector}},x="${'y'.repeat(2000)}" }`, '2000 at most'],
  ])('refuses %s', (_, template, message) => {
    expect(() => parseValueTemplate(template)).toThrow(message);
  });

  it('prints texts anew, so that none of them ends before it should', () => {
    const template = 'a{ {{selector}}, x="\\" } or up #" }';
    expect(valueOf(parseValueTemplate(template), scope, 300)).toContain(
      String.raw`x="\" } or up #"`,
    );
  });
});
