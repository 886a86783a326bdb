import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import {
  raw,
  ScriptedPrometheus,
} from '../prometheus/__testUtils__/ScriptedPrometheus';
import type { MeshCluster } from '../target/MeshClusters';
import { ClusterTelemetry } from './ClusterTelemetry';
import { istioMetrics } from './istioLabels';
import { MeshHours } from './MeshHours';
import { meshQueries } from './meshQueries';
import { MeshTables } from './MeshTables';

jest.setTimeout(60_000);

/** Those of the requests that some 3,500 services get, each with its names: more than 8 MB. */
const SERIES = 17_000;
const HOUR = 12;

const labels = (n: number) => ({
  reporter: 'source',
  source_workload: `assistant-${n}`,
  source_workload_namespace: `customer-support-${n % 270}`,
  source_canonical_service: `assistant-${n}`,
  destination_workload: `embeddings-v2-${n % 5500}`,
  destination_workload_namespace: `retrieval-and-search-${n % 271}`,
  destination_service: `embeddings-${n % 5500}.retrieval-and-search-${n % 271}.svc.cluster.local`,
  destination_service_name: `embeddings-${n % 5500}`,
  destination_service_namespace: `retrieval-and-search-${n % 271}`,
  connection_security_policy: 'unknown',
  response_code: '200',
  response_flags: '-',
});

const metrics = Array.from({ length: SERIES }, (_, n) =>
  JSON.stringify(labels(n)),
);
const answer = (resultType: string, result: string) =>
  raw(
    `{"status":"success","data":{"resultType":"${resultType}","result":[${result}]}}`,
  );
const size = answer(
  'vector',
  `{"metric":{"counted_metric":"${istioMetrics.requests}"},"value":[0,"${2 * SERIES}"]}`,
);
const nothing = answer('vector', '');
const now = answer(
  'vector',
  metrics.map(metric => `{"metric":${metric},"value":[0,"1"]}`).join(),
);
const hour = answer(
  'matrix',
  metrics
    .map(
      metric =>
        `{"metric":${metric},"values":[${Array(HOUR).fill('[0,"1"]')}]}`,
    )
    .join(),
);

function answerTo(path: string, query: string) {
  if (path.endsWith('query_range')) {
    return hour;
  }
  if (query.includes('counted_metric')) {
    return size;
  }
  return /tcp|envoy/.test(query) ? nothing : now;
}

describe('a mesh of more series than an entity’s answers may have, and fewer than may be kept', () => {
  const prometheus = new ScriptedPrometheus();
  let cluster: MeshCluster;

  beforeAll(async () => {
    await prometheus.start();
    prometheus.answer = (...exchange) => {
      const { path = '', form } = prometheus.seen.at(-1)!;
      answerTo(path, form.query)(...exchange);
    };
    cluster = {
      name: 'shop',
      prometheus: prometheus.client({ timeoutMs: 30_000 }),
    } as unknown as MeshCluster;
  });
  afterAll(() => prometheus.stop());

  it('has its table, though an answer weighs more than any about one entity', async () => {
    const tables = new MeshTables({ mostSeries: 100_000 });
    const { requests, source } = await tables.of(cluster);
    tables.stop();
    expect(source).toMatchObject({ status: 'ok' });
    expect(requests.status === 'known' && requests.value).toHaveLength(SERIES);
    const entity = new ClusterTelemetry(cluster, { mostSeries: Infinity });
    expect(
      await entity.rates('requests', meshQueries(300).requests, {
        fresh: true,
      }),
    ).toMatchObject({ status: 'unknown' });
    expect(entity.source.message).toContain('more than 8 MB');
  });

  it('has the line of its last hour', async () => {
    const hours = new MeshHours({ mostSeries: 100_000 });
    const place = {
      cluster,
      snapshot: snapshotFromYaml('', { cluster: 'shop' }),
      table: { requests: known([]) },
    };
    let last = await hours.of(place, [cluster], async () => []);
    while (last.series.status === 'unknown' && last.queries.length === 0) {
      await new Promise(resolve => setTimeout(resolve, 200));
      last = await hours.of(place, [cluster], async () => []);
    }
    expect(last.series).toMatchObject({ status: 'known' });
    expect(last.series.status === 'known' && last.series.value).toHaveLength(
      SERIES,
    );
  });
});
