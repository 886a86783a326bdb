import { known, routesSchema } from '@ai-mesh/plugin-ai-mesh-common';
import type { PrometheusClient } from '../prometheus/PrometheusClient';
import { SourceError } from '../target/SourceError';
import { clusterTargetOf, targetOf } from '../target/__testUtils__/targetOf';
import { FakePrometheus } from '../topology/__testUtils__/FakePrometheus';
import {
  bothReport,
  bucketRows,
  requestRow,
} from '../topology/__testUtils__/meshRows';
import {
  destinationRule,
  meshOf,
  virtualService,
} from './__testUtils__/meshOf';
import { KubeConfigApi } from '../kubernetes/KubeConfigApi';
import { KubernetesObjectEditor } from '../kubernetes/KubernetesObjectEditor';
import { warmTablesOf } from '../telemetry/__testUtils__/warmTablesOf';
import { RoutesService } from './RoutesService';

const now = new Date('2026-01-01T00:00:10Z');
const chat = { namespace: 'ai', name: 'chat' };

const manifests =
  virtualService('chat', {
    hosts: ['chat'],
    http: [
      {
        route: [
          { destination: { host: 'chat', subset: 'v1' }, weight: 90 },
          { destination: { host: 'chat', subset: 'v2' }, weight: 10 },
          { destination: { host: 'chat', subset: 'blue' }, weight: 0 },
          { destination: { host: 'other' }, weight: 0 },
        ],
      },
    ],
  }) +
  destinationRule('chat', {
    host: 'chat',
    trafficPolicy: { connectionPool: { tcp: { maxConnections: 9 } } },
    subsets: [
      { name: 'v1', labels: { version: 'v1' } },
      { name: 'v2', labels: { version: 'v2' } },
      { name: 'blue', labels: { colour: 'blue' } },
    ],
  });
const snapshot = meshOf(manifests, {
  services: { chat: ['v1', 'v2'], other: ['v1'] },
});

const calls = [
  { from: 'web', to: 'chat', version: 'v1', by: 'chat-v1', rate: 9 },
  { from: 'web', to: 'chat', version: 'v2', by: 'chat-v2', rate: 1 },
  { from: 'web', to: 'other', version: 'v1', by: 'other-v1', rate: 4 },
];
const series = {
  requests: [
    ...calls.flatMap(bothReport),
    requestRow('source', {
      from: 'web',
      to: 'chat',
      code: '503',
      flags: 'UO',
      rate: 2,
    }),
    // A namesake, which a query by name and namespace apart may bring along.
    requestRow('source', { from: 'web', to: 'ns2/chat', rate: 70 }),
  ],
  buckets: calls.flatMap(bothReport).flatMap(row => bucketRows(row, 1000)),
};

const readOnlyEditor = new KubernetesObjectEditor({
  cluster: snapshot.cluster,
  allowWrites: false,
  api: new KubeConfigApi({
    from: 'url',
    url: 'http://127.0.0.1:9',
    tls: { skipVerify: false },
  }),
});

async function routesOf(prometheus?: PrometheusClient, mesh = snapshot) {
  const routes = await new RoutesService().routes(
    targetOf(clusterTargetOf(mesh, [chat], prometheus)),
    { window: '5m' },
    { now },
  );
  expect(routesSchema.parse(routes)).toEqual(routes);
  return routes;
}

describe('RoutesService', () => {
  it('asks nothing about traffic on a warm table, and shows the same', async () => {
    const prometheus = new FakePrometheus(series);
    const target = targetOf(clusterTargetOf(snapshot, [chat], prometheus));
    const tables = await warmTablesOf(target.clusters[0].cluster);
    prometheus.asked.length = 0;
    const warm = await new RoutesService(undefined, tables).routes(
      target,
      { window: '5m' },
      { now },
    );
    expect(prometheus.asked).toEqual([]);
    const asked = await routesOf(prometheus);
    expect(warm).toEqual({ ...asked, queries: warm.queries });
  });

  it('tells the same of rules and their traffic without breakers, which are not asked for', async () => {
    const prometheus = new FakePrometheus(series);
    const { services: all } = await routesOf(prometheus);
    prometheus.asked.length = 0;
    const { services } = await new RoutesService().routes(
      targetOf(clusterTargetOf(snapshot, [chat], prometheus)),
      { window: '5m' },
      { now, withoutBreakers: true },
    );
    expect(prometheus.asked).toHaveLength(2);
    const rulesOf = ([{ rules, traffic }]: typeof all) => ({ rules, traffic });
    expect(rulesOf(services)).toEqual(rulesOf(all));
    expect(services[0].applicationBreakers?.breakers).toEqual({
      status: 'unknown',
      reason: 'not-configured',
    });
  });

  it('shows beside each destination what its version got, with three questions', async () => {
    const prometheus = new FakePrometheus(series);
    const { services, queries, sources } = await routesOf(prometheus);
    const [v1, v2, blue, other] = services[0].rules[0].destinations;
    expect(v1.observed.requestsPerSecond).toEqual(known(9));
    expect(v2.observed.requestsPerSecond).toEqual(known(1));
    expect(v1.observed.p95).toMatchObject({ status: 'known' });
    expect(blue.observed.requestsPerSecond).toMatchObject({
      reason: 'no-such-label',
    });
    expect(other.observed.requestsPerSecond).toEqual(known(4));
    expect(services[0].traffic.requestsPerSecond).toEqual(known(12));
    expect(queries.map(({ id }) => id)).toEqual([
      'requests',
      'latency',
      'breakers',
    ]);
    expect(prometheus.asked).toHaveLength(3);
    expect(sources).toMatchObject([
      { name: 'kubernetes', status: 'ok' },
      { name: 'prometheus', status: 'ok' },
    ]);
  });

  it('reads the breaker’s state from flags where Envoy’s statistics are not exported', async () => {
    const { services } = await routesOf(new FakePrometheus(series));
    expect(services[0].breakerState).toMatchObject({
      status: 'open',
      evidence: 'response-flags',
      overflowPerSecond: known(2),
    });
  });

  it.each([
    ['one of a thousand', [999, 1], [99.9, 0.1]],
    ['a sum that is not 100', [20, 30], [40, 60]],
    ['nothing of what weights can say', [1, 2], [100 / 3, 200 / 3]],
  ])(
    'tells shares of coarse weights as they are: %s',
    async (_, written, percents) => {
      const mesh = meshOf(
        virtualService('chat', {
          hosts: ['chat'],
          http: [
            {
              route: written.map((weight, index) => ({
                destination: { host: 'chat', subset: `v${index + 1}` },
                weight,
              })),
            },
          ],
        }) +
          destinationRule('chat', {
            host: 'chat',
            subsets: ['v1', 'v2'].map(version => ({
              name: version,
              labels: { version },
            })),
          }),
        { services: { chat: ['v1', 'v2'] } },
      );
      const { services } = await routesOf(new FakePrometheus(series), mesh);
      const { destinations } = services[0].rules[0];
      expect(destinations).toMatchObject(
        percents.map((weightPercent, index) => ({
          weightPercent: expect.closeTo(weightPercent, 9),
          weight: written[index],
        })),
      );
      expect(destinations.every(({ problem }) => !problem)).toBe(true);
    },
  );

  it('shows every object that the answer came from', async () => {
    const { services } = await routesOf(new FakePrometheus(series));
    expect(
      services[0].objects.map(({ ref, manifest }) => [
        `${ref.kind} ${ref.namespace}/${ref.name}`,
        manifest.kind,
      ]),
    ).toEqual([
      ['VirtualService ai/chat', 'VirtualService'],
      ['DestinationRule ai/chat', 'DestinationRule'],
    ]);
  });

  it('keeps the rules where Prometheus does not answer', async () => {
    const down = new SourceError('source-unreachable', 'It hangs.');
    const { services, sources } = await routesOf(
      new FakePrometheus(series, {
        requests: down,
        buckets: down,
        breakers: down,
      }),
    );
    expect(services[0].rules[0].destinations[0]).toMatchObject({
      weightPercent: 90,
      endpoints: known({ ready: 1, total: 1 }),
      observed: {
        requestsPerSecond: { status: 'unknown', reason: 'source-unreachable' },
      },
    });
    expect(services[0].breakerState.status).toBe('unknown');
    expect(sources[1]).toMatchObject({
      name: 'prometheus',
      status: 'unreachable',
      message: 'It hangs.',
    });
  });

  it('keeps the rest where one question fails', async () => {
    const { services, sources } = await routesOf(
      new FakePrometheus(series, {
        buckets: new SourceError('source-unreachable', 'Half a JSON.'),
      }),
    );
    const { traffic } = services[0];
    expect(traffic.requestsPerSecond).toEqual(known(12));
    expect(traffic.p95).toMatchObject({ reason: 'source-unreachable' });
    expect(sources[1]).toMatchObject({ status: 'partial' });
  });

  it('says what is not configured', async () => {
    const { services, sources } = await routesOf(undefined);
    expect(services[0].traffic.errorRatio).toMatchObject({
      reason: 'not-configured',
    });
    expect(sources[1]).toMatchObject({ status: 'not-configured' });
  });

  it('says of a cluster that the portal does not write to that it does not', async () => {
    expect((await routesOf()).services[0]).not.toHaveProperty('readOnly');
    const found = clusterTargetOf(snapshot, [chat]);
    const routes = await new RoutesService().routes(
      targetOf({
        ...found,
        cluster: {
          ...found.cluster,
          editor: readOnlyEditor,
        },
      }),
      { window: '5m' },
      { now },
    );
    expect(routes.services[0].readOnly).toBe(true);
  });

  it('asks nothing for an entity without services', async () => {
    const prometheus = new FakePrometheus(series);
    const routes = await new RoutesService().routes(
      targetOf(clusterTargetOf(snapshot, [], prometheus)),
      { window: '5m' },
      { now },
    );
    expect(routes.services).toEqual([]);
    expect(prometheus.asked).toEqual([]);
  });

  it('does not call a breaker unconfigured where DestinationRules may not be listed', async () => {
    const { services } = await routesOf(
      new FakePrometheus(series),
      meshOf('', { states: { DestinationRule: { status: 'forbidden' } } }),
    );
    expect(services[0].breakers).toEqual([]);
    expect(services[0].breakerState.status).toBe('unknown');
  });

  it('counts nothing of what another cluster does among its own, in one Prometheus', async () => {
    const own = { fromCluster: 'test', toCluster: 'test' };
    const there = { fromCluster: 'west', toCluster: 'west' };
    const come = { fromCluster: 'west', toCluster: 'test' };
    const shared = [own, there, come].flatMap(ends =>
      calls.flatMap(call => bothReport({ ...call, ...ends })),
    );
    const found = clusterTargetOf(
      snapshot,
      [chat],
      new FakePrometheus({
        requests: shared,
        buckets: shared.flatMap(row => bucketRows(row, 1000)),
      }),
    );
    const other = { ...found, cluster: { ...found.cluster, name: 'west' } };
    const { services } = await new RoutesService().routes(
      { ...targetOf(found), searched: [found, other] },
      { window: '5m' },
      { now },
    );
    const [v1, v2] = services[0].rules[0].destinations;
    expect(v1.observed.requestsPerSecond).toEqual(known(18));
    expect(v2.observed.requestsPerSecond).toEqual(known(2));
    expect(services[0].traffic.requestsPerSecond).toEqual(known(20));
  });
});
