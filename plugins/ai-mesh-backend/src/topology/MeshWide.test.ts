import { known } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { MeshCluster, MeshClusters } from '../target/MeshClusters';
import { sparklineRange, type MeshHour, type MeshTable } from '../telemetry';
import { requestRow } from './__testUtils__/meshRows';
import { MeshWide } from './MeshWide';

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

it('shows the look before while the next one is made of newer tables, and so the last hour', async () => {
  const snapshot = snapshotFromYaml('', { cluster: 'shop' });
  const cluster = {
    name: 'shop',
    snapshots: { snapshot: async () => snapshot },
  } as unknown as MeshCluster;
  let [table, hour] = [tableOf(1), hourOf()];
  const wide = new MeshWide({
    clusters: { list: () => [cluster] } as unknown as MeshClusters,
    tables: { of: async () => table },
    hours: { of: async () => hour },
    received: { of: async () => undefined },
  });
  const look = () => wide.look(async () => []);
  const rateOf = ({ mesh }: Awaited<ReturnType<typeof look>>) =>
    mesh.stateOf([{ cluster: 'shop', namespace: 'ai', name: 'chat' }]).traffic
      .requestsPerSecond;

  const first = await look();
  const { hours } = await first.past();
  [table, hour] = [tableOf(2), hourOf()];
  expect(await look()).toBe(first);
  expect((await first.past()).hours).toBe(hours);
  await new Promise(resolve => setTimeout(resolve, 100));
  const next = await look();
  expect([rateOf(first), rateOf(next)]).toEqual([known(1), known(2)]);
  expect((await next.past()).hours).not.toBe(hours);
});
