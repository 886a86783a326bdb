import { StallProbe } from '../__testUtils__/StallProbe';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type {
  InstantSample,
  PrometheusClient,
} from '../prometheus/PrometheusClient';
import type { MeshCluster } from '../target/MeshClusters';
import { MeshTables } from '../telemetry';
import { WholeMesh } from './WholeMesh';

jest.setTimeout(60_000);

const ROWS = 20_000;
const SERVICES = 1000;
const LONGEST_STALL_MS = 400;

/** Each Service is called by twenty workloads, and one in three requests of everybody fails. */
const rows: InstantSample[] = Array.from({ length: ROWS }, (_, n) => {
  const called = `called-${n % SERVICES}`;
  return {
    value: 1,
    timestamp: 1,
    labels: {
      reporter: 'source',
      source_workload: `caller-${Math.floor(n / 20)}`,
      source_workload_namespace: 'shop',
      destination_workload: called,
      destination_workload_namespace: 'shop',
      destination_service: `${called}.shop.svc.cluster.local`,
      destination_service_name: called,
      destination_service_namespace: 'shop',
      response_code: n % 3 === 0 ? '503' : '200',
      le: '+Inf',
    },
  };
});

const prometheus: PrometheusClient = {
  async query(promql) {
    const counts = promql.includes('counted_metric');
    return {
      promql,
      samples: counts ? [{ labels: {}, value: ROWS, timestamp: 1 }] : rows,
      warnings: [],
      observedAt: new Date(0),
    };
  },
  async queryRange() {
    throw new Error('not asked for');
  },
};

it('finds where a mesh of 1,000 failing services hurts and holds nobody up meanwhile', async () => {
  const cluster = { name: 'shop', prometheus } as unknown as MeshCluster;
  const tables = new MeshTables({ mostSeries: 100_000 });
  const probe = new StallProbe().start();
  try {
    const table = await tables.of(cluster);
    const snapshot = snapshotFromYaml('');
    const mesh = await WholeMesh.of([{ cluster, snapshot, table }]);
    const origins = await mesh.origins();
    expect(mesh.calls).toHaveLength(ROWS);
    expect(origins.length).toBeGreaterThan(SERVICES / 2);
    expect(await probe.stall()).toBeLessThan(LONGEST_STALL_MS);
  } finally {
    probe.stop();
    tables.stop();
  }
});
