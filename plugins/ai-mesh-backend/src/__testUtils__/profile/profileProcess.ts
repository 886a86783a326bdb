import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { readSettings } from '../../config/readSettings';
import { boundAnswer } from '../../http/boundAnswer';
import { OverviewService } from '../../overview';
import { DefaultMeshClusters } from '../../target/DefaultMeshClusters';
import { EntityTargetResolver } from '../../target/EntityTargetResolver';
import type { Target } from '../../target/Target';
import { MeshTables, type WarmTables } from '../../telemetry';
import { TopologyService } from '../../topology';
import { TimedPrometheus } from './TimedPrometheus';

/** Milliseconds of each stage of one view, and the questions that were asked. */
interface Timings {
  stages: Record<string, number>;
  questions: { ms: number; round: number }[];
  bytes: number;
  gzipped: number;
}

const entityOf = (service: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'profiled',
    annotations: { 'ai-mesh.io/service': service },
  },
});

type Read = (
  target: Target,
  now: Date,
  tables?: WarmTables,
) => Promise<unknown>;

const views: Record<'topology' | 'overview', Read> = {
  topology: (target, now, tables) =>
    new TopologyService({ tables }).topology(
      target,
      { window: '5m', depth: 2 },
      { now },
    ),
  overview: (target, now, tables) =>
    new OverviewService({
      tables,
      canariesOf: async () => known({ active: 0 }),
    }).overview(
      target,
      { window: '5m' },
      {
        now,
        entity: entityOf(''),
        credentials: {
          $$type: '@backstage/BackstageCredentials',
          principal: null,
        },
      },
    ),
};

async function viewOnce(
  view: keyof typeof views,
  resolve: () => Promise<Target>,
  tables?: WarmTables,
): Promise<Timings> {
  const stages: Record<string, number> = {};
  const timed = async <T>(stage: string, work: () => T | Promise<T>) => {
    const started = performance.now();
    const result = await work();
    stages[stage] = performance.now() - started;
    return result;
  };
  const resolved = await timed('target and snapshot', resolve);
  const clients: TimedPrometheus[] = [];
  const target = {
    ...resolved,
    clusters: resolved.clusters.map(one => {
      const prometheus = new TimedPrometheus(one.cluster.prometheus!);
      clients.push(prometheus);
      return { ...one, cluster: { ...one.cluster, prometheus } };
    }),
  };
  const answer = await timed('view', () =>
    views[view](target, new Date(), tables),
  );
  const waiting = clients.reduce((sum, { waitedMs }) => sum + waitedMs, 0);
  stages['waiting for Prometheus'] = waiting;
  stages['reading and building'] = stages.view - waiting;
  delete stages.view;
  const bound = await timed('bounding', () => boundAnswer(answer));
  const text = await timed('serialising', () => JSON.stringify(bound));
  const packed = await timed('compressing', () => promisify(gzip)(text));
  return {
    stages,
    questions: clients.flatMap(({ questions }) => questions),
    bytes: text.length,
    gzipped: packed.length,
  };
}

async function profile(
  { cluster, service }: { cluster: { name: string }; service: string },
  rounds: number,
) {
  const clustersWith = (prometheus: object) => {
    const clusters = new DefaultMeshClusters(
      readSettings(
        new ConfigReader({
          aiMesh: { clusters: [{ ...cluster, prometheus }] },
        }),
      ),
      { logger: mockServices.rootLogger() },
    );
    clusters.start();
    return clusters;
  };
  const { prometheus } = cluster as unknown as { prometheus: object };
  const kept = clustersWith(prometheus);
  const unkept = clustersWith({ ...prometheus, cacheTtl: '0s' });
  const tables = new MeshTables({ mostSeries: 100_000 });
  const resolveOn = (clusters: DefaultMeshClusters) => () =>
    new EntityTargetResolver(clusters, { mostServices: 50 }).resolve(
      entityOf(service),
    );
  const results: Record<string, Timings[]> = {};
  for (let round = -3; round < rounds; round++) {
    const found = (await resolveOn(kept)()).clusters[0].cluster;
    await tables.of(found);
    for (const view of ['topology', 'overview'] as const) {
      const cold = await viewOnce(view, resolveOn(unkept));
      const warm = await viewOnce(view, resolveOn(kept), {
        // A timed client is another one for each view; the table is the cluster's.
        warm: () => tables.warm(found),
      });
      if (round >= 0) {
        (results[`${view}, nothing kept`] ??= []).push(cold);
        (results[`${view}, warm`] ??= []).push(warm);
      }
    }
  }
  tables.stop();
  await Promise.all([kept.stop(), unkept.stop()]);
  return results;
}

const [, , options, rounds] = process.argv;
profile(JSON.parse(options), Number(rounds)).then(
  results => process.stdout.write(`${JSON.stringify(results)}\n`),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
