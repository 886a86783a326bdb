import {
  known,
  unknown,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import type { MeshCluster } from '../target/MeshClusters';
import { sparklineRange, type MeshHour } from '../telemetry';
import { meshObjects } from './__testUtils__/meshObjects';
import { requestRow } from './__testUtils__/meshRows';
import { ServiceHours } from './ServiceHours';

const range = sparklineRange(new Date('2026-11-27T12:00:00.000Z'), 300);
const times = Array.from(
  { length: 12 },
  (_, index) => range.start.getTime() / 1000 + index * 300,
);

const chat: ServiceRef = { cluster: 'shop', namespace: 'ai', name: 'chat' };
const chatOf = (cluster: string) => ({ ...chat, cluster });

/** Requests of one edge over the hour; a null is a time without any series. */
function line(
  reporter: Parameters<typeof requestRow>[0],
  rates: number | (number | null)[],
  {
    counted = 'all',
    ...more
  }: Partial<Parameters<typeof requestRow>[1]> & {
    counted?: 'all' | 'failed' | 'grpc-failed';
    labels?: Record<string, string>;
  } = {},
): RangeSeries {
  const each = Array.isArray(rates) ? rates : Array(12).fill(rates);
  const { labels, ...ends } = more;
  return {
    labels: {
      ...requestRow(reporter, {
        from: 'web',
        to: 'chat',
        by: 'chat-v1',
        rate: 1,
        ...ends,
      }).labels,
      ...labels,
      counted,
    },
    values: each.flatMap((rate, index) =>
      rate === null ? [] : [[times[index], rate] as [number, number]],
    ),
  };
}

const past = (series: MeshHour['series'], name = 'shop', over = range) => ({
  cluster: { name } as MeshCluster,
  snapshot: snapshotOf(
    meshObjects([{ name: 'chat-v1', app: 'chat' }], ['chat']),
    { cluster: name },
  ),
  hour: { range: over, series, queries: [] },
});

async function trendOf(...pasts: ReturnType<typeof past>[]) {
  const hours = await ServiceHours.of(pasts);
  return hours.of(pasts.map(({ cluster }) => chatOf(cluster.name)));
}

describe('ServiceHours', () => {
  it('counts what both ends report once, and the failed beside all', async () => {
    const spike = Array(12).fill(0);
    spike[4] = 2;
    expect(
      await trendOf(
        past(
          known([
            line('source', 8),
            line('destination', 8),
            line('destination', 2, { from: 'job' }),
            line('source', spike, { counted: 'failed' }),
            line('destination', spike, { counted: 'failed' }),
            line('source', 50, { to: 'other', by: 'other-v1' }),
          ]),
        ),
      ),
    ).toEqual(
      known({
        until: '2026-11-27T12:00:00.000Z',
        requestsPerSecond: Array(12).fill(10),
        errorRatio: [0, 0, 0, 0, 0.2, 0, 0, 0, 0, 0, 0, 0],
      }),
    );
  });

  it('leaves a gap where nothing was measured, and no ratio of no requests', async () => {
    const trend = await trendOf(
      past(known([line('source', [null, 0, ...Array(10).fill(1.23456)])])),
    );
    expect(trend).toMatchObject({
      value: {
        requestsPerSecond: [null, 0, ...Array(10).fill(1.23)],
        errorRatio: [null, null, ...Array(10).fill(0)],
      },
    });
  });

  it('gives a call by address to the Service that the workload answers for', async () => {
    const around = line('source', 3, {
      to: 'PassthroughCluster',
      labels: { destination_service: '10.0.0.7' },
    });
    expect(await trendOf(past(known([around])))).toMatchObject({
      value: { requestsPerSecond: Array(12).fill(3) },
    });
  });

  it('is unknown, with the reason, where the hour of one of its clusters is', async () => {
    const away = unknown('source-unreachable', 'Prometheus is away.');
    const fine = past(known([line('source', 1)]));
    expect(await trendOf(fine, past(away, 'other'))).toEqual(away);
  });

  it.each([
    ['nobody was seen to call', known([]), 'not-exported'],
    [
      'the label that tells reporters apart was dropped',
      known([line('source', 1, { labels: { reporter: '' } })]),
      'no-such-label',
    ],
  ])('is unknown where %s', async (_, series, reason) => {
    expect(await trendOf(past(series))).toMatchObject({
      status: 'unknown',
      reason,
    });
  });

  it('is unknown of what has no Service', async () => {
    const hours = await ServiceHours.of([past(known([line('source', 1)]))]);
    expect(hours.of([])).toMatchObject({ reason: 'not-configured' });
  });

  it('lays the hours of two clusters over each other, of which one ended before the other', async () => {
    const earlier = {
      ...range,
      start: new Date(range.start.getTime() - 120_000),
      end: new Date(range.end.getTime() - 120_000),
    };
    const ends = (cluster: string) => ({
      labels: { source_cluster: cluster, destination_cluster: cluster },
    });
    const other = line(
      'source',
      [1, null, ...Array(10).fill(1)],
      ends('other'),
    );
    const values = other.values.map(([at, value]): [number, number] => [
      at - 120,
      value,
    ]);
    expect(
      await trendOf(
        past(known([line('source', 4, ends('shop'))])),
        past(known([{ ...other, values }]), 'other', earlier),
      ),
    ).toEqual(
      known({
        until: '2026-11-27T11:58:00.000Z',
        requestsPerSecond: [5, 4, ...Array(10).fill(5)],
        errorRatio: Array(12).fill(0),
      }),
    );
  });

  describe('by called service', () => {
    const received = () =>
      past(
        known([
          {
            labels: {
              reporter: 'source',
              destination_service_name: 'chat',
              destination_service_namespace: 'ai',
              counted: 'all',
            },
            values: times.map((at): [number, number] => [at, 7]),
          },
        ]),
      );

    it('holds what another cluster has of the same calls, except those that never arrived', async () => {
      const one = received();
      const between = { source_cluster: 'other', destination_cluster: 'shop' };
      const lost = { ...between, response_flags: 'UF,URX' };
      const hours = await ServiceHours.of([
        {
          ...one,
          hour: { ...one.hour, received: { whyUnknown: () => undefined } },
        },
        past(
          known([
            line('source', 5, { labels: between }),
            line('source', 1, { labels: lost }),
            line('source', 1, { labels: lost, counted: 'failed' }),
          ]),
          'other',
        ),
      ]);
      expect(hours.of([chat])).toMatchObject({
        value: {
          requestsPerSecond: Array(12).fill(8),
          errorRatio: Array(12).fill(0.125),
        },
      });
    });

    it('is unknown, with the reason, where that of one of its namespaces is', async () => {
      const away = unknown('source-unreachable', 'It is too much.');
      const one = received();
      const hours = await ServiceHours.of([
        {
          ...one,
          hour: {
            ...one.hour,
            received: {
              whyUnknown: namespace => (namespace === 'ai' ? away : undefined),
            },
          },
        },
      ]);
      expect(hours.of([chat])).toEqual(away);
    });
  });
});
