import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { eq, selector } from '../../prometheus/promql';
import { readSloSettings } from '../../config/readSloSettings';
import { parseOpenSlo } from '../openslo/parseOpenSlo';
import { confineObjectives, openSloObjectives } from './openSloObjectives';
import type { OwnSeries } from './OwnSeries';

const ofChat: OwnSeries = {
  ofPods: [[eq('namespace', 'ai'), eq('pod', 'chat-0')]],
  ofCalls: [[eq('destination_service_name', 'chat')]],
};

function read(
  indicator: string,
  objective = 'target: 0.99',
  more = '',
  own = ofChat,
) {
  const text = `apiVersion: openslo/v1
kind: SLO
metadata: { name: answers }
spec:
  indicator: { spec: { ${indicator} } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  objectives: [{ ${objective} }]
${more}`;
  return confineObjectives(
    openSloObjectives(
      parseOpenSlo(text, 'slos.yaml', readSloSettings({}).limits),
      { name: 'slos.yaml', url: 'https://git.example/slos.yaml' },
    ),
    own,
    wording('objective.noneProven', { cluster: 'prod' }),
  );
}

const source = (type: string, spec: string) =>
  `{ metricSource: { type: ${type}, spec: { ${spec} } } }`;
const ratio = (bad: string, total: string, part = 'bad') =>
  `ratioMetric: { ${part}: ${bad}, total: ${total} }`;

describe('openSloObjectives', () => {
  it('leaves it to the dialect which series there are', () => {
    const errors = source('ai-mesh', 'indicator: errors, fallbacks: bad');
    const requests = source('ai-mesh', 'indicator: requests');
    expect(read(ratio(errors, requests))).toEqual({
      problems: [],
      objectives: [
        expect.objectContaining({
          id: 'answers',
          indicator: { kind: 'availability', fallbacksAreBad: true },
          sourceUrl: 'https://git.example/slos.yaml',
        }),
      ],
    });
  });

  it.each([
    ['seconds', 'indicator: latency', 2500],
    ['milliseconds', 'indicator: latency, unit: milliseconds', 2.5],
  ])('reads a threshold in %s', (_unit, spec, thresholdMs) => {
    const { objectives } = read(
      `thresholdMetric: ${source('ai-mesh', spec)}`,
      'op: lte, value: 2.5, target: 0.99',
    );
    expect(objectives[0].indicator).toEqual({ kind: 'latency', thresholdMs });
  });

  it('confines a query of the document’s own to the entity’s pods', () => {
    const { objectives, problems } = read(
      ratio(
        source('Prometheus', 'query: \'sum(rate(ok_total{app="chat"}[5m]))\''),
        source('Prometheus', 'query: all_total'),
        'good',
      ),
    );
    expect(problems).toEqual([]);
    const { indicator } = objectives[0];
    if (indicator.kind !== 'custom') {
      throw new Error('it is custom');
    }
    const text = ([{ metric, matchers }] = indicator.total) =>
      selector(metric, ...matchers);
    expect(text(indicator.good)).toBe(
      'ok_total{app="chat",namespace="ai",pod="chat-0"}',
    );
    expect(text()).toBe('all_total{namespace="ai",pod="chat-0"}');
  });

  it('reads what Istio reports of calls to the entity’s Services, and what its own pods report', () => {
    const calls = source('Prometheus', 'query: istio_requests_total');
    const { objectives } = read(ratio(calls, calls));
    expect(objectives[0].indicator).toMatchObject({
      total: [
        { matchers: [eq('destination_service_name', 'chat')] },
        { matchers: [eq('namespace', 'ai'), eq('pod', 'chat-0')] },
      ],
    });
  });

  it('measures nothing by a query where nothing is provably the entity’s', () => {
    const counter = source('Prometheus', 'query: all_total');
    const { objectives, problems } = read(
      ratio(counter, counter),
      undefined,
      undefined,
      { ofPods: [], ofCalls: ofChat.ofCalls },
    );
    expect(objectives).toEqual([]);
    expect(problems).toEqual([
      {
        source: 'slos.yaml',
        message: expect.stringContaining('None on prod is proven to be'),
        words: [
          wording('objective.unconfined', { name: 'answers' }),
          wording('objective.noneProven', { cluster: 'prod' }),
        ],
      },
    ]);
  });

  it('asks for a bucket of a ratio however it is spelt, and knows it for one', () => {
    const { objectives } = read(
      ratio(
        source('prometheus', `query: 'd_bucket{le="1"}'`),
        source('prometheus', 'query: d_count'),
        'good',
      ),
      'target: 0.99',
    );
    expect(objectives[0].indicator).toMatchObject({
      kind: 'custom',
      good: [{ matchers: ['le=~"1|1\\\\.0"', ...ofChat.ofPods[0]] }],
      goodIsBucket: true,
    });
  });

  it('reads a threshold on any histogram as a ratio of its buckets', () => {
    const { objectives } = read(
      `thresholdMetric: ${source('prometheus', 'query: first_seconds_bucket')}`,
      'op: lt, value: 2.5, target: 0.99',
    );
    expect(objectives[0].indicator).toMatchObject({
      kind: 'custom',
      good: [{ matchers: [...ofChat.ofPods[0], 'le="2.5"'] }],
      goodIsBucket: true,
      total: [{ matchers: [...ofChat.ofPods[0], 'le="+Inf"'] }],
    });
  });

  const requests = source('ai-mesh', 'indicator: requests');
  it.each([
    [
      'an unknown indicator',
      ratio(source('ai-mesh', 'indicator: failures'), requests),
      'target: 0.9',
      'indicator: errors',
    ],
    [
      'an unknown source',
      ratio(source('datadog', 'query: x'), source('datadog', 'query: x')),
      'target: 0.9',
      "not 'datadog'",
    ],
    [
      'two kinds of source',
      ratio(
        source('ai-mesh', 'indicator: errors'),
        source('prometheus', 'query: x'),
      ),
      'target: 0.9',
      'of one type',
    ],
    [
      'a query that calculates',
      ratio(
        source('prometheus', 'query: a/b'),
        source('prometheus', 'query: c'),
      ),
      'target: 0.9',
      'it calculates',
    ],
    [
      'a threshold from below',
      `thresholdMetric: ${source('ai-mesh', 'indicator: latency')}`,
      'op: gte, value: 2, target: 0.9',
      'op must be lte or lt',
    ],
    [
      'a threshold on a gauge',
      `thresholdMetric: ${source('prometheus', 'query: temperature')}`,
      'op: lte, value: 2, target: 0.9',
      'needs a histogram',
    ],
  ])('names the place of %s', (_name, indicator, objective, message) => {
    expect(read(indicator, objective)).toEqual({
      objectives: [],
      problems: [
        {
          source: 'slos.yaml',
          line: 5,
          column: expect.any(Number),
          message: expect.stringContaining(message),
          words: [expect.objectContaining({ key: expect.any(String) })],
        },
      ],
    });
  });

  it('takes one of two of a name', () => {
    const errors = source('ai-mesh', 'indicator: errors');
    const one = `apiVersion: openslo/v1
kind: SLO
metadata: { name: answers }
spec:
  indicator: { spec: { ${ratio(errors, requests)} } }
  timeWindow: [{ duration: 30d }]
  objectives: [{ target: 0.9 }]
`;
    const { objectives, problems } = read(
      ratio(errors, requests),
      'target: 0.99',
      `---\n${one}`,
    );
    expect(objectives.map(({ target }) => target)).toEqual([0.99]);
    expect(problems[0].message).toContain("two SLOs are called 'answers'");
  });
});
