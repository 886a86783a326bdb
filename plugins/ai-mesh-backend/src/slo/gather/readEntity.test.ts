import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import { meshOf } from '../../routes/__testUtils__/meshOf';
import { clusterTargetOf } from '../../target/__testUtils__/targetOf';
import { ClusterTelemetry, defaultPodLabels } from '../../telemetry';
import type { SloSettings } from '../SloSettings';
import { entitySeries } from './entitySeries';
import { parseSliQuery } from '../../prometheus/series/parseSliQuery';
import { SourceError } from '../../target/SourceError';
import { clusterSlos } from './clusterSlos';
import { readEntity } from './readEntity';

const podLabels = defaultPodLabels;
const present = {
  __name__: 'istio_requests_total',
  ai_mesh_inventory: 'present',
};

/** Answers that Istio's series are there, and what they lack. */
const prometheus = {
  series: 'one',
  extraLabels: {},
  query: async promql => ({
    promql,
    samples: [present, { lacks: 'source_workload' }].map(labels => ({
      labels,
      value: 1,
      timestamp: 0,
    })),
    warnings: [],
    observedAt: new Date('2026-01-01T00:00:00Z'),
  }),
  queryRange: async () => {
    throw new Error('Which series exist is no question of a range');
  },
} satisfies PrometheusClient as PrometheusClient;

const settings: SloSettings = {
  objectives: [],
  prices: [],
  dialects: [],
  links: [],
  podLabels,
  limits: {
    bytes: 1e5,
    lines: 1e4,
    nesting: 20,
    keys: 1e4,
    objectives: 200,
    series: 1e4,
    seconds: 1,
  },
  problems: [],
};

it('says of an entity whose objectives are counted by Istio which labels the series lack', async () => {
  const target = clusterTargetOf(
    meshOf('', { services: { chat: ['v1'] } }),
    [{ namespace: 'ai', name: 'chat' }],
    prometheus,
  );
  const telemetry = new ClusterTelemetry(target.cluster);
  const { choice } = await readEntity(
    {
      entityRef: 'component:default/chat',
      target,
      series: entitySeries(target, podLabels),
      configured: [],
    },
    telemetry,
    settings,
  );
  expect(choice.dialect?.name).toBe('istio');
  expect(telemetry.source).toMatchObject({
    status: 'partial',
    message: expect.stringContaining('lack the label source_workload'),
  });
});

it.each([
  ['refused', 'forbidden', false],
  ['answered with nonsense', 'source-unreachable', false],
  ['not answered in time', 'source-unreachable', true],
] as const)(
  'asks for no counter whose counting was %s, and calls it unknown for that reason',
  async (_, reason, isLate) => {
    const asked: string[] = [];
    const answer: PrometheusClient['query'] = async promql => {
      asked.push(String(promql));
      if (promql.includes('count') && promql.includes('jobs_total')) {
        throw Object.assign(new SourceError(reason, 'It said no.'), { isLate });
      }
      return prometheus.query(promql);
    };
    const own = { namespace: 'ai', name: 'chat' };
    const target = {
      ...clusterTargetOf(meshOf('', { services: { chat: ['v1'] } }), [own], {
        ...prometheus,
        query: answer,
        queryRange: async promql => {
          asked.push(String(promql));
          return { promql, series: [], warnings: [], observedAt: new Date() };
        },
      }),
      proven: {
        services: [own],
        workloads: [{ kind: 'Deployment', namespace: 'ai', name: 'chat-v1' }],
      },
    };
    const { objectives, problems } = await clusterSlos(
      {
        entityRef: 'component:default/chat',
        target,
        series: entitySeries(target, podLabels),
        configured: [],
        written: {
          problems: [],
          objectives: [
            {
              id: 'jobs',
              name: 'jobs',
              indicator: {
                kind: 'custom',
                description: 'jobs',
                total: parseSliQuery('jobs_total'),
                bad: parseSliQuery('jobs_total{failed="yes"}'),
              },
              target: 0.99,
              periodSeconds: 604_800,
              source: 'slos.yaml',
            },
          ],
        },
      },
      { windowSeconds: 3600, settings, entities: new Map(), now: new Date() },
    );
    const why =
      "How many series the SLO 'jobs' reads could not be counted, so its query is not asked: It said no.";
    expect(asked.filter(promql => promql.includes('jobs_total'))).toHaveLength(
      1,
    );
    expect(objectives).toMatchObject([
      {
        objective: { id: 'jobs' },
        sli: { status: 'unknown', reason, message: why },
        alert: 'unknown',
        budgetLeft: { status: 'unknown' },
        budgetOverTime: { status: 'unknown' },
      },
    ]);
    expect(problems).toMatchObject([{ source: 'slos.yaml', message: why }]);
  },
);

it.each([
  ['the course of budgets', undefined, true],
  ['no budget but that of now for who looks at no chart', 0, false],
])('asks for %s', async (_, mostCharts, asksForMore) => {
  const asked: string[] = [];
  const target = clusterTargetOf(
    meshOf('', { services: { chat: ['v1'] } }),
    [{ namespace: 'ai', name: 'chat' }],
    {
      ...prometheus,
      queryRange: async promql => {
        asked.push(String(promql));
        return { promql, series: [], warnings: [], observedAt: new Date() };
      },
    },
  );
  await clusterSlos(
    {
      entityRef: 'component:default/chat',
      target,
      series: entitySeries(target, podLabels),
      configured: [],
    },
    {
      windowSeconds: 3600,
      settings: {
        ...settings,
        objectives: [
          {
            models: ['*'],
            periodSeconds: 604_800,
            availability: { target: 0.99, fallbacksAreBad: true },
          },
        ],
      },
      entities: new Map(),
      now: new Date(),
      mostCharts,
    },
  );
  expect(asked).not.toEqual([]);
  expect(asked.some(promql => promql.includes(' offset 7d'))).toBe(asksForMore);
});
