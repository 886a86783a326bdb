import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { MeshCluster, MeshClusters } from '../target/MeshClusters';
import { sparklineRange, type MeshHour, type MeshTable } from '../telemetry';
import { requestRow } from './__testUtils__/meshRows';
import { MeshWide } from './MeshWide';
import { originsOf } from './originsOf';

jest.mock('./originsOf', () => {
  const actual = jest.requireActual('./originsOf');
  return { ...actual, originsOf: jest.fn(actual.originsOf) };
});

const nothing = known([]);

/** A table in which `chat` is called so often. */
const tableOf = (rate: number): MeshTable => ({
  requests: known([
    requestRow('source', { from: 'web', to: 'chat', by: 'chat', rate }),
  ]),
  buckets: nothing,
  usual: nothing,
  tcp: nothing,
  lately: nothing,
  breakers: nothing,
  controlPlane: nothing,
  source: { name: 'prometheus', cluster: 'shop', status: 'ok' },
  queries: [],
});

/** Hours of which each is another answer. */
const hourOf = (): MeshHour => ({
  range: sparklineRange(new Date(0), 300),
  series: nothing,
  queries: [],
});

/** A mesh whose tables change when they are told to. */
function changing() {
  const snapshot = snapshotFromYaml('', { cluster: 'shop' });
  const now = { table: tableOf(1), hour: hourOf(), snapshot, ms: 0 };
  const cluster = {
    name: 'shop',
    snapshots: { snapshot: async () => now.snapshot },
  } as unknown as MeshCluster;
  const wide = new MeshWide({
    clusters: { list: () => [cluster] } as unknown as MeshClusters,
    tables: { of: async () => now.table },
    hours: { of: async () => now.hour },
    received: { of: async () => undefined },
    now: () => now.ms,
  });
  const look = () => wide.look(async () => []);
  return {
    now,
    look,
    readOf: jest.spyOn(snapshot, 'get'),
    next: async () => {
      await look();
      await new Promise(resolve => setTimeout(resolve, 100));
      return look();
    },
  };
}

const services = ['chat', 'web'].map(name => ({
  cluster: 'shop',
  namespace: 'ai',
  name,
}));

it('shows the look before while the next one is made of newer tables, and so the last hour', async () => {
  const { now, look, next } = changing();
  const rateOf = ({ mesh }: Awaited<ReturnType<typeof look>>) =>
    mesh.stateOf([services[0]]).traffic.requestsPerSecond;

  const first = await look();
  const { hours } = await first.past();
  Object.assign(now, { table: tableOf(2), hour: hourOf() });
  expect(await look()).toBe(first);
  expect((await first.past()).hours).toBe(hours);
  const second = await next();
  expect([rateOf(first), rateOf(second)]).toEqual([known(1), known(2)]);
  expect((await second.past()).hours).not.toBe(hours);
});

it.each([
  ['nothing is known of its traffic, for as long as that may be', true],
  ['its table is the same, which is not long', false],
])('shows what a cluster’s objects tell %s', async (_, isUnknown) => {
  const { now, look, next } = changing();
  if (isUnknown) {
    const why = unknown('source-unreachable', 'It is late.');
    now.table = { ...now.table, requests: why };
  }
  const first = await look();
  now.snapshot = snapshotFromYaml(
    '{ apiVersion: v1, kind: Service, metadata: { namespace: ai, name: chat } }',
    { cluster: 'shop' },
  );
  expect(await next()).toBe(first);
  now.ms = 15_000;
  const later = await next();
  expect(later === first).toBe(!isUnknown);
});

it('has ready in the next look what the one before was asked, also where that was made in vain', async () => {
  const { now, look, next, readOf } = changing();
  const asked = [services, [services[1]], []];
  const first = await look();
  asked.forEach(some => first.mesh.stateOf(some));
  now.table = tableOf(2);
  await next();
  now.table = tableOf(3);
  const { mesh } = await next();
  readOf.mockClear();
  const ready = asked.map(some => mesh.stateOf(some));
  expect(readOf).not.toHaveBeenCalled();

  const fresh = changing();
  fresh.now.table = now.table;
  const other = await fresh.look();
  expect(ready).toEqual(asked.map(some => other.mesh.stateOf(some)));
  expect(fresh.readOf).toHaveBeenCalled();
});

it('finds ahead where it hurts as long as somebody asks for that', async () => {
  const { now, look, next } = changing();
  const wasFound = jest.mocked(originsOf).mockClear();
  const first = await look();
  first.mesh.stateOf(services);
  await first.mesh.origins();
  now.table = tableOf(2);
  const second = await next();
  expect(wasFound).toHaveBeenCalledTimes(2);
  await second.mesh.origins();
  second.mesh.stateOf(services);
  now.table = tableOf(3);
  const third = await next();
  expect(wasFound).toHaveBeenCalledTimes(3);
  third.mesh.stateOf(services);
  now.table = tableOf(4);
  await next();
  expect(wasFound).toHaveBeenCalledTimes(3);
});
