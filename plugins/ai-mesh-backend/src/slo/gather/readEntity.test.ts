import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import { meshOf } from '../../routes/__testUtils__/meshOf';
import { clusterTargetOf } from '../../target/__testUtils__/targetOf';
import { ClusterTelemetry, defaultPodLabels } from '../../telemetry';
import { entitySeries } from './entitySeries';
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
    {
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
    },
  );
  expect(choice.dialect?.name).toBe('istio');
  expect(telemetry.source).toMatchObject({
    status: 'partial',
    message: expect.stringContaining('lack the label source_workload'),
  });
});
