import { known, unknown, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import fc from 'fast-check';
import { MOST_SERIES } from './answerLimits';
import type { MeshTable } from './MeshTable';
import { inScope } from './TrafficScope';
import type { RateRow } from './RateRow';
import { IndexedTable, TabledTraffic } from './TabledTraffic';

const chat = { namespace: 'ai', name: 'chat' };
const chatV1 = { namespace: 'ai', name: 'chat-v1' };

function tableOf(
  requests: Measured<readonly RateRow[]>,
  more: Partial<MeshTable> = {},
): MeshTable {
  const none = known([]);
  return {
    requests,
    buckets: none,
    usual: none,
    tcp: none,
    lately: none,
    breakers: none,
    controlPlane: none,
    source: {
      name: 'prometheus',
      cluster: 'east',
      status: 'ok',
      observedAt: '2026-01-01T00:00:00.000Z',
    },
    queries: [],
    ...more,
  };
}

/** Traffic out of a table, and what was asked after all. */
function trafficOf(table: MeshTable) {
  const asked: string[] = [];
  const ask = (what: string) => async () => {
    asked.push(what);
    return unknown('source-unreachable', 'asked');
  };
  const telemetry = { include: jest.fn(), remark: jest.fn() };
  const traffic = new TabledTraffic(
    new IndexedTable(table),
    {
      requests: ask('requests'),
      latency: ask('latency'),
      usualLatency: ask('usual'),
      tcpAndLately: async () => {
        const rows = await ask('tcp')();
        return { tcp: rows, lately: rows };
      },
      breakers: ask('breakers'),
      remark: () => undefined,
    },
    telemetry,
  );
  return { traffic, telemetry, asked };
}

const row = (labels: Record<string, string>, rate = 1): RateRow => ({
  labels,
  rate,
});
const call = (from: string, to: string, by = `${to}-v1`) => {
  const [workload, service, answers] = [from, to, by].map(name =>
    name.split('/'),
  );
  return row({
    source_workload_namespace: workload[0],
    source_workload: workload[1],
    destination_service_namespace: service[0],
    destination_service_name: service[1],
    destination_workload_namespace: answers[0],
    destination_workload: answers[1],
  });
};

describe('TabledTraffic', () => {
  it('picks what a question about the scope would be answered with, each row once', async () => {
    const names = fc.constantFrom('ai/chat', 'ai/llm', 'shop/chat', 'shop/web');
    const scopes = fc.array(names, { maxLength: 3 }).map(some =>
      some.map(one => ({
        namespace: one.split('/')[0],
        name: one.split('/')[1],
      })),
    );
    const rows = fc
      .array(fc.tuple(names, names), { maxLength: 30 })
      .map(pairs => pairs.map(([from, to]) => call(from, to)));
    await fc.assert(
      fc.asyncProperty(rows, scopes, scopes, async (all, to, from) => {
        const { traffic } = trafficOf(tableOf(known(all)));
        const picked = await traffic.requests({ to, from });
        const wanted = all.filter(inScope({ to, from }));
        expect(picked.status).toBe('known');
        const value = picked.status === 'known' ? picked.value : [];
        expect(value).toHaveLength(wanted.length);
        expect(new Set(value)).toEqual(new Set(wanted));
      }),
    );
  });

  it('finds those who were called by their addresses', async () => {
    const passed = row({
      destination_service_name: 'PassthroughCluster',
      destination_workload_namespace: 'ai',
      destination_workload: 'chat-v1',
    });
    const { traffic } = trafficOf(
      tableOf(known([passed, call('shop/web', 'ai/chat')])),
    );
    expect(
      await traffic.requests({ to: [], from: [], around: [chatV1] }),
    ).toEqual(known([passed]));
  });

  it('finds circuit breakers by the called host', async () => {
    const of = (host: string) =>
      row({ cluster_name: `outbound|80|v1|${host}` });
    const ours = of('chat.ai.svc.cluster.local');
    const breakers = known([
      ours,
      of('chat.shop.svc.cluster.local'),
      row({ cluster_name: 'inbound|80||' }),
    ]);
    const { traffic, asked } = trafficOf(tableOf(known([]), { breakers }));
    expect(await traffic.breakers(['chat.ai.svc.cluster.local'])).toEqual(
      known([ours]),
    );
    expect(asked).toEqual([]);
  });

  it('asks what the table does not know, and what is more than a view reads', async () => {
    const many = Array.from({ length: MOST_SERIES + 1 }, () =>
      call('shop/web', 'ai/chat'),
    );
    const { traffic, asked } = trafficOf(
      tableOf(known(many), { tcp: unknown('source-unreachable', 'Late.') }),
    );
    const scope = { to: [chat], from: [] };
    await traffic.requests(scope);
    await traffic.tcpAndLately(scope);
    expect(await traffic.latency(scope)).toEqual(known([]));
    expect(asked).toEqual(['requests', 'tcp']);
  });

  it('makes the answer as old as the table, and names the questions of its figures', () => {
    const query = { cluster: 'east', promql: 'sum(x)', warnings: [] };
    const table = tableOf(known([]), {
      queries: [
        { ...query, id: 'mesh-size' },
        { ...query, id: 'requests' },
        { ...query, id: 'proxies' },
      ],
    });
    const { telemetry } = trafficOf(table);
    expect(telemetry.include).toHaveBeenCalledWith(table.source, [
      { ...query, id: 'requests' },
    ]);
  });
});
