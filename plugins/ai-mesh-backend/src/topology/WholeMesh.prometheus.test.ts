import { isDeepStrictEqual } from 'node:util';
import {
  known,
  unknown,
  type FleetTrend,
  type Measured,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { component, until } from '../__testUtils__/startPortal';
import { readSettings } from '../config/readSettings';
import {
  describeWithPrometheus,
  startScrapingPrometheus,
  type RealPrometheus,
} from '../prometheus/__testUtils__/startPrometheus';
import type { PrometheusClient } from '../prometheus/PrometheusClient';
import { DefaultMeshClusters } from '../target/DefaultMeshClusters';
import { EntityTargetResolver } from '../target/EntityTargetResolver';
import type { MeshClusters } from '../target/MeshClusters';
import {
  MeshHours,
  MeshReceived,
  MeshTables,
  meshSizeQuery,
  rateRows,
  readMeshSize,
} from '../telemetry';
import { trafficOf } from './buildEdge';
import { MeshWide, type MeshLook } from './MeshWide';
import { TopologyService } from './TopologyService';
import type { ServicesState } from './WholeMesh';

jest.setTimeout(240_000);

/** Asks a real Prometheus about one moment, so that two answers can be the same. */
function at(url: string, moment: Date): PrometheusClient & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async query(promql) {
      asked.push(promql);
      const response = await fetch(`${url}/api/v1/query`, {
        method: 'POST',
        body: new URLSearchParams({
          query: promql,
          time: String(moment.getTime() / 1000),
        }),
      });
      const { data } = (await response.json()) as {
        data: {
          result: { metric: Record<string, string>; value: [number, string] }[];
        };
      };
      return {
        promql,
        samples: data.result.map(({ metric, value: [timestamp, value] }) => ({
          labels: metric,
          value: Number(value),
          timestamp,
        })),
        warnings: [],
        observedAt: moment,
      };
    },
    async queryRange(promql, { start, end, stepSeconds }) {
      asked.push(promql);
      // As if the moment was a whole step.
      const later = (moment.getTime() - end.getTime()) / 1000;
      const response = await fetch(`${url}/api/v1/query_range`, {
        method: 'POST',
        body: new URLSearchParams({
          query: promql,
          start: String(start.getTime() / 1000 + later),
          end: String(end.getTime() / 1000 + later),
          step: String(stepSeconds),
        }),
      });
      const { data } = (await response.json()) as {
        data: {
          result: {
            metric: Record<string, string>;
            values: [number, string][];
          }[];
        };
      };
      return {
        promql,
        series: data.result.map(({ metric, values }) => ({
          labels: metric,
          values: values.map(([seconds, value]): [number, number] => [
            Math.round(seconds - later),
            Number(value),
          ]),
        })),
        warnings: [],
        observedAt: moment,
      };
    },
  };
}

describeWithPrometheus.each([['shop'], ['two-clusters'], ['ambient']])(
  'the whole mesh of the world %s',
  world => {
    let sandbox: RunningSandbox;
    let prometheuses: RealPrometheus[] = [];
    let running: DefaultMeshClusters;
    let clients: ReturnType<typeof at>[];
    let clusters: MeshClusters;

    beforeAll(async () => {
      sandbox = await startSandbox(['--world', world, '--speed', '5']);
      prometheuses = await Promise.all(
        sandbox.clusters.map(({ metrics }) => startScrapingPrometheus(metrics)),
      );
      running = new DefaultMeshClusters(
        readSettings(
          new ConfigReader({
            aiMesh: {
              clusters: sandbox.clusters.map(({ name, kubernetes }) => ({
                name,
                kubernetes: {
                  url: kubernetes,
                  serviceAccountToken: sandbox.tokens.reader,
                },
              })),
            },
          }),
        ),
        { logger: mockServices.logger.mock() },
      );
      running.start();
      await Promise.all(
        prometheuses.map(({ url }) =>
          until(
            async () =>
              at(url, new Date()).query(
                'max(count_over_time(istio_requests_total[5m]))',
              ),
            ({ samples }) => samples[0]?.value > 15,
            120_000,
          ),
        ),
      );
      // Samples of a moment come in until its scrapes are over, which a busy machine takes seconds for.
      const moment = new Date();
      await new Promise(resolve => setTimeout(resolve, 5000));
      clients = prometheuses.map(({ url }) => at(url, moment));
      const asked = running
        .list()
        .map((cluster, index) => ({ ...cluster, prometheus: clients[index] }));
      clusters = {
        list: () => asked,
        get: name => asked.find(one => one.name === name),
      };
    });

    afterAll(async () => {
      await running?.stop();
      await Promise.all(prometheuses.map(one => one.stop()));
      await sandbox?.stop();
    });

    it('has the very edges that every neighbourhood has, by six questions a cluster', async () => {
      const tables = new MeshTables({ mostSeries: 100_000 });
      const { mesh, sources } = await new MeshWide({
        clusters,
        tables,
        hours: new MeshHours({ mostSeries: 100_000 }),
        received: new MeshReceived({ mostSeries: 100_000 }),
      }).look(async () => []);
      tables.stop();
      expect(clients.map(({ asked }) => asked.length)).toEqual(
        clients.map(() => 6),
      );
      expect(sources.map(({ status }) => status)).toEqual(
        sources.map(() => 'ok'),
      );
      const called = new Map(
        mesh.calls.flatMap(({ target }) =>
          target.kind === 'service'
            ? [[`${target.namespace}/${target.name}`, target]]
            : [],
        ),
      );
      expect(called.size).toBeGreaterThan(2);
      const byId = new Map(
        mesh.calls.map(call => [
          `${call.source.id} -> ${call.target.id}`,
          call,
        ]),
      );
      for (const service of called.keys()) {
        const target = await new EntityTargetResolver(clusters, {
          mostServices: 50,
        }).resolve(component('any', { 'ai-mesh.io/service': service }));
        const { nodes, edges } = await new TopologyService().topology(
          target,
          { window: '5m', depth: 1 },
          { now: new Date() },
        );
        const own = new Set(
          nodes.flatMap(({ id, relation }) => (relation === 'own' ? id : [])),
        );
        const around = (ids: Iterable<string>) =>
          [...ids].filter(id => id.split(' -> ').some(end => own.has(end)));
        const ids = edges.map(({ id }) => id);
        expect(around(ids).length).toBeGreaterThan(0);
        expect(around(byId.keys()).sort()).toEqual(around(ids).sort());
        for (const { id, traffic } of edges) {
          expect([id, trafficOf([byId.get(id)!], known([]), 300)]).toEqual([
            id,
            traffic,
          ]);
        }
      }
    });

    // Calls between clusters are counted where they arrive then, and where they were made in a table of calls.
    const alike = world === 'two-clusters' ? 0.03 : 1e-6;
    // Three digits of each point are told.
    const alikeInLines = Math.max(alike, 0.01);

    it.each<[string, (size: ReturnType<typeof readMeshSize>) => number]>([
      ['who calls whom', () => 1],
      ['latencies', ({ all, latencies }) => all - latencies],
    ])(
      'knows what services receive where %s is too much',
      async (_, mostOf) => {
        const whole = await lookAt(clusters, 100_000, []);
        const services = [
          ...new Map(
            whole.mesh.calls.flatMap(({ target }) =>
              target.kind === 'service' ? [[target.id, target]] : [],
            ),
          ).values(),
        ].map(({ cluster, namespace, name }) => ({
          cluster,
          namespace: namespace!,
          name,
        }));
        const [size] = await Promise.all(
          clients.map(async one =>
            readMeshSize(rateRows(await one.query(meshSizeQuery()))),
          ),
        );
        const { mesh, past } = await lookAt(clusters, mostOf(size), services);
        const [{ hours: wholeHours }, { hours }] = await Promise.all([
          pastOf(clusters, whole.past),
          pastOf(clusters, past),
        ]);
        expect(services.length).toBeGreaterThan(4);
        // Sums of the same numbers in another order differ in their last digits.
        const isSame = (
          one: Measured<number>,
          other: Measured<number>,
          within: number,
        ) =>
          one.status === 'known' && other.status === 'known'
            ? Math.abs(one.value - other.value) <=
              within * Math.max(1, Math.abs(other.value))
            : isDeepStrictEqual(one, other);
        for (const some of [...services.map(one => [one]), services]) {
          const wanted = figuresOf(
            whole.mesh.stateOf(some),
            wholeHours.of(some),
          );
          const found = figuresOf(mesh.stateOf(some), hours.of(some));
          const differing = Object.entries(found).filter(
            ([name, figure]) =>
              !isSame(
                figure,
                wanted[name as keyof typeof wanted],
                name.startsWith('last') ? alikeInLines : alike,
              ),
          );
          expect([some, differing]).toEqual([some, []]);
        }
      },
    );
  },
);

/** @param mostSeries - of the table of who calls whom */
async function lookAt(
  clusters: MeshClusters,
  mostSeries: number,
  services: readonly ServiceRef[],
) {
  const tables = new MeshTables({ mostSeries });
  const wide = new MeshWide({
    clusters,
    tables,
    hours: new MeshHours({ mostSeries: 100_000 }),
    received: new MeshReceived({ mostSeries: 100_000 }),
  });
  try {
    return await until(
      () => wide.look(async () => services),
      ({ sources, mesh }) =>
        [
          ...sources,
          // A busy machine takes longer than anybody who looks waits for.
          ...services.flatMap(one => {
            const { requestsPerSecond, p95 } = mesh.stateOf([one]).traffic;
            return [requestsPerSecond, p95].map(whyUnknown);
          }),
        ].every(({ message }) => !message?.includes('yet')),
      30_000,
    );
  } finally {
    tables.stop();
  }
}

function whyUnknown(figure: Measured<unknown>): { message?: string } {
  return figure.status === 'unknown' ? figure : {};
}

/** As soon as every cluster has answered. */
function pastOf(clusters: MeshClusters, past: MeshLook['past']) {
  return until(
    past,
    ({ queries }) =>
      clusters
        .list()
        .every(({ name }) => queries.some(({ cluster }) => cluster === name)),
    30_000,
  );
}

/** The last point of a line; a gap is none. */
function lastOf(
  trend: Measured<FleetTrend>,
  line: 'requestsPerSecond' | 'errorRatio',
): Measured<number> {
  if (trend.status === 'unknown') {
    return trend;
  }
  const value = trend.value[line].at(-1) ?? null;
  return value === null ? unknown('no-traffic') : known(value);
}

function figuresOf(
  { traffic, encryption }: ServicesState,
  trend: Measured<FleetTrend>,
) {
  const { requestsPerSecond, errorRatio, throttledRatio, p95 } = traffic;
  const p95Ms = p95.status === 'known' ? known(p95.value.valueMs) : p95;
  const share =
    encryption.status === 'known' ? known(encryption.value.share) : encryption;
  return {
    requestsPerSecond,
    errorRatio,
    throttledRatio,
    p95Ms,
    share,
    lastRequests: lastOf(trend, 'requestsPerSecond'),
    lastErrors: lastOf(trend, 'errorRatio'),
  };
}
