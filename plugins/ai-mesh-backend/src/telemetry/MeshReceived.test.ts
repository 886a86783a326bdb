import type { ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { isForgotten } from '../__testUtils__/isForgotten';
import type { PrometheusClient } from '../prometheus/PrometheusClient';
import type { MeshCluster } from '../target/MeshClusters';
import { SourceError } from '../target/SourceError';
import { MeshReceived } from './MeshReceived';
import type { MeshTable } from './MeshTable';

const MINUTE_MS = 60_000;

const serviceIn = (namespace: string): ServiceRef => ({
  cluster: 'demo',
  namespace,
  name: 'chat',
});

/** Answers of the Services of each namespace that they receive as many requests a second as told. */
function meshOf(rates: Record<string, number>) {
  const asked: string[] = [];
  const state = {
    rates,
    /** A question about one of these fails. */
    failing: new Set<string>(),
    reporter: 'source' as string | undefined,
    /** A question about this namespace is never answered; `true`: none is. */
    hangs: false as string | boolean,
  };
  const client: PrometheusClient = {
    async query(promql) {
      const namespaces = Object.keys(rates).filter(one =>
        new RegExp(`namespace=~?"[^"]*\\b${one}\\b`).test(promql),
      );
      if (namespaces.length > 0) {
        asked.push(namespaces.join(' '));
      }
      if (state.hangs === true || namespaces.some(one => one === state.hangs)) {
        await new Promise(() => undefined);
      }
      if (namespaces.some(one => state.failing.has(one))) {
        throw new SourceError('source-unreachable', 'It is too much.');
      }
      const rows = promql.includes('_bucket')
        ? namespaces.flatMap(one =>
            ['100', '+Inf'].map(le => ({ one, labels: { le } })),
          )
        : namespaces.map(one => ({
            one,
            labels: { response_code: '200', received_part: 'requests' },
          }));
      return {
        promql,
        samples:
          namespaces.length > 0
            ? rows.map(({ one, labels }) => ({
                labels: {
                  destination_service_namespace: one,
                  destination_service_name: 'chat',
                  ...labels,
                },
                value: state.rates[one],
                timestamp: 1,
              }))
            : [
                {
                  labels: {
                    ...(state.reporter && { reporter: state.reporter }),
                    source_cluster: 'demo',
                    destination_cluster: 'demo',
                  } as Record<string, string>,
                  value: 3,
                  timestamp: 1,
                },
              ],
        warnings: [],
        observedAt: new Date(0),
      };
    },
    async queryRange() {
      throw new Error('not asked for');
    },
  };
  const cluster = { name: 'demo', prometheus: client } as MeshCluster;
  // Of each namespace so many Services that no three of them are asked about at once.
  const snapshot = snapshotFromYaml(
    Object.keys(rates)
      .flatMap(namespace =>
        Array.from(
          { length: 90 },
          (_, index) =>
            `{ apiVersion: v1, kind: Service, metadata: { namespace: ${namespace}, name: s${index} } }`,
        ),
      )
      .join('\n---\n'),
    { cluster: 'demo' },
  );
  let now = 1_000_000;
  const received = new MeshReceived({ mostSeries: 1000, now: () => now });
  const of = (
    leftOut: MeshTable['leftOut'] = 'calls',
    wanted = async () => Object.keys(rates).map(serviceIn),
  ) =>
    received.of({ cluster, snapshot, table: { leftOut } }, [cluster], wanted);
  return {
    state,
    asked,
    of,
    /** What each namespace's Service receives, or why nobody knows. */
    read: async (...args: Parameters<typeof of>) => {
      const found = await of(...args);
      return Object.keys(rates).map(namespace => {
        const { requests } = found!.of(serviceIn(namespace));
        return requests.status === 'known'
          ? requests.value.map(({ rate }) => rate).join()
          : requests.message;
      });
    },
    later: (ms: number) => {
      now += ms;
    },
  };
}

/** Until what was begun behind the back of whoever looks has been answered. */
const moment = () => new Promise(resolve => setTimeout(resolve, 50));

describe('MeshReceived', () => {
  it('asks nothing about a mesh of which nothing is left out', async () => {
    const received = new MeshReceived({ mostSeries: 1000 });
    const cluster = { name: 'demo' } as MeshCluster;
    const place = { cluster, snapshot: snapshotFromYaml(''), table: {} };
    expect(
      await received.of(place, [], async () => {
        throw new Error('not asked for');
      }),
    ).toBeUndefined();
  });

  it('asks about the namespaces where entities have Services, some at a time', async () => {
    const { asked, read, of } = meshOf({ ai: 1, shop: 2, web: 3, own: 4 });
    const wanted = async () => ['ai', 'shop', 'web'].map(serviceIn);
    expect(await read('calls', wanted)).toEqual([
      '1',
      '2',
      '3',
      "Prometheus of the cluster 'demo' has not been asked yet what the services of this namespace receive.",
    ]);
    // Latencies and requests.
    expect(asked).toEqual(['ai shop', 'ai shop', 'web', 'web']);
    const { requests, buckets } = (await of())!.of({
      namespace: 'shop',
      name: 'silent',
    });
    expect([requests, buckets]).toEqual([
      { status: 'known', value: [] },
      { status: 'known', value: [] },
    ]);
  });

  it('names one question of each kind, and how many there are like it', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { of } = meshOf(Object.fromEntries(names.map(name => [name, 1])));
    const { queries } = (await of())!;
    expect(queries.map(({ id, alike }) => [id, alike])).toEqual([
      ['mesh-size', undefined],
      ['latency', 3],
      ['requests', 3],
    ]);
  });

  it('asks for latencies alone where they alone are left out', async () => {
    const { asked, of } = meshOf({ ai: 1 });
    const found = await of('latencies');
    expect(found!.of(serviceIn('ai')).buckets).toEqual({
      status: 'known',
      value: [
        { labels: { le: '100', reporter: 'source' }, rate: 1 },
        { labels: { le: '+Inf', reporter: 'source' }, rate: 1 },
      ],
    });
    expect(asked).toEqual(['ai']);
  });

  it('says of a namespace why it is not known, and tells of the others', async () => {
    const { state, read, of } = meshOf({ ai: 1, shop: 2, web: 3 });
    state.failing.add('shop');
    expect(await read()).toEqual(['1', 'It is too much.', '3']);
    expect((await of())!.source).toMatchObject({
      status: 'partial',
      message: 'It is too much.',
    });
  });

  it('asks no more once nothing is answered', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const { state, asked, read } = meshOf(
      Object.fromEntries(names.map(name => [name, 1])),
    );
    names.forEach(name => state.failing.add(name));
    expect(await read()).toEqual(names.map(() => 'It is too much.'));
    expect(new Set(asked).size).toBe(3);
  });

  it('asks again after a minute, and shows meanwhile what it was', async () => {
    const { state, asked, read, later } = meshOf({ ai: 1 });
    await read();
    state.rates = { ai: 5 };
    later(MINUTE_MS - 1);
    expect(await read()).toEqual(['1']);
    await moment();
    expect(asked).toHaveLength(2);
    later(1);
    expect(await read()).toEqual(['1']);
    await moment();
    expect(await read()).toEqual(['5']);
    expect(asked).toHaveLength(4);
  });

  it('shows whoever waits for the very first answers those that there are', async () => {
    const { state, read } = meshOf({ ai: 1, shop: 2, web: 3 });
    state.hangs = 'web';
    expect(await read()).toEqual([
      '1',
      '2',
      "Prometheus of the cluster 'demo' has not been asked yet what the services of this namespace receive.",
    ]);
  });

  it('shows nothing that is older than ten minutes, and waits for no server that hangs', async () => {
    const { state, read, later } = meshOf({ ai: 1 });
    await read();
    later(11 * MINUTE_MS);
    state.hangs = true;
    expect(await read()).toEqual([
      "Prometheus of the cluster 'demo' has not been asked yet what the services of this namespace receive.",
    ]);
  });

  it('is kept for no longer than it is shown', async () => {
    const { of } = meshOf({ ai: 1 });
    const look = async () => new WeakRef((await of())!);
    jest.useFakeTimers();
    try {
      const looking = look();
      await jest.advanceTimersByTimeAsync(1000);
      const held = await looking;
      await jest.advanceTimersByTimeAsync(10 * MINUTE_MS);
      jest.useRealTimers();
      expect(await isForgotten(held)).toBe(true);
      expect((await look()).deref()).toBeDefined();
    } finally {
      jest.useRealTimers();
    }
  });

  it('says that no reports can be told apart', async () => {
    const { state, read } = meshOf({ ai: 1 });
    state.reporter = undefined;
    expect(await read()).toEqual([
      expect.stringContaining('The series lack the label reporter'),
    ]);
  });

  it('says why the namespaces are not known that entities are in', async () => {
    const { read } = meshOf({ ai: 1 });
    const wanted = async () => {
      throw new Error('The catalog is away.');
    };
    expect(await read('calls', wanted)).toEqual(['The catalog is away.']);
  });
});
