import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { parser } from '@prometheus-io/lezer-promql';
import { isForgotten } from '../__testUtils__/isForgotten';
import type { PrometheusClient } from '../prometheus/PrometheusClient';
import { SourceError } from '../target/SourceError';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import type { MeshCluster } from '../target/MeshClusters';
import { MeshHours, type HourPlace } from './MeshHours';
import { meshSparklineQuery } from './sparkline';

// Whose turn it is the machine's own clock says, which a clock of ours does not move.
jest.mock('../target/inTurns', () => ({ inTurns: async () => undefined }));

const snapshot = snapshotFromYaml('', { cluster: 'shop' });
const place = (
  cluster: HourPlace['cluster'],
  table: HourPlace['table'] = { requests: known([]) },
): HourPlace => ({ cluster, table, snapshot });
const nobodys = async () => [];
const START = Date.parse('2026-11-27T12:02:00.000Z');

/** Answers with one series, fails, or hangs, as told. */
function prometheus() {
  const asked: { start: Date; end: Date; stepSeconds: number }[] = [];
  const state: { answer: 'one' | 'failure' | 'nothing' } = { answer: 'one' };
  const client: PrometheusClient = {
    async query() {
      throw new Error('not asked for');
    },
    async queryRange(promql, range) {
      asked.push(range);
      if (state.answer === 'nothing') {
        return new Promise(() => {});
      }
      if (state.answer === 'failure') {
        throw new SourceError('source-unreachable', 'Prometheus is away.');
      }
      return {
        promql,
        series: [{ labels: {}, values: [[range.end.getTime() / 1000, 1]] }],
        warnings: [],
        observedAt: range.end,
      };
    },
  };
  return {
    cluster: { name: 'shop', prometheus: client } as MeshCluster,
    asked,
    state,
  };
}

describe('MeshHours', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: START });
  });

  afterEach(() => jest.useRealTimers());

  it('asks for the hour once a step, whoever looks and how often', async () => {
    const hours = new MeshHours({ mostSeries: 1000 });
    const { cluster, asked } = prometheus();
    const [first, second] = await Promise.all([
      hours.of(place(cluster), [cluster], nobodys),
      hours.of(place(cluster), [cluster], nobodys),
    ]);
    expect(first).toBe(second);
    expect(first.series.status).toBe('known');
    expect(first.queries).toMatchObject([{ id: 'sparkline', cluster: 'shop' }]);
    expect(asked).toEqual([
      {
        start: new Date('2026-11-27T11:05:00.000Z'),
        end: new Date('2026-11-27T12:00:00.000Z'),
        stepSeconds: 300,
      },
    ]);
    for (let look = 0; look < 5; look++) {
      await jest.advanceTimersByTimeAsync(10_000);
      expect(await hours.of(place(cluster), [cluster], nobodys)).toBe(first);
    }
    expect(asked).toHaveLength(1);
  });

  it('shows the hour before it while the next is asked for', async () => {
    const hours = new MeshHours({ mostSeries: 1000 });
    const { cluster, asked } = prometheus();
    const first = await hours.of(place(cluster), [cluster], nobodys);
    await jest.advanceTimersByTimeAsync(5 * 60_000);
    expect(await hours.of(place(cluster), [cluster], nobodys)).toBe(first);
    await jest.advanceTimersByTimeAsync(0);
    const next = await hours.of(place(cluster), [cluster], nobodys);
    expect(next.range.end).toEqual(new Date('2026-11-27T12:05:00.000Z'));
    expect(asked).toHaveLength(2);
  });

  it('is kept for no longer than it is shown', async () => {
    const hours = new MeshHours({ mostSeries: 1000 });
    const { cluster, asked } = prometheus();
    const look = async () =>
      new WeakRef(await hours.of(place(cluster), [cluster], nobodys));
    const held = await look();
    await jest.advanceTimersByTimeAsync(19 * 60_000);
    expect(held.deref()).toBeDefined();
    // At twenty minutes it is shown still.
    await jest.advanceTimersByTimeAsync(60_001);
    expect(asked).toHaveLength(1);
    jest.useRealTimers();
    expect(await isForgotten(held)).toBe(true);
    expect((await look()).deref()).toBeDefined();
  });

  it('waits a moment for a server that hangs, says so, and asks no second time meanwhile', async () => {
    const hours = new MeshHours({ mostSeries: 1000 });
    const { cluster, asked, state } = prometheus();
    state.answer = 'nothing';
    for (let look = 0; look < 2; look++) {
      const looking = hours.of(place(cluster), [cluster], nobodys);
      await jest.advanceTimersByTimeAsync(1000);
      expect((await looking).series).toMatchObject({
        status: 'unknown',
        reason: 'source-unreachable',
        message:
          "Prometheus of the cluster 'shop' has not answered about the last hour yet.",
      });
    }
    expect(asked).toHaveLength(1);
  });

  it('is unknown while Prometheus is away, asks again after a minute, and shows no hour that is long over', async () => {
    const hours = new MeshHours({ mostSeries: 1000 });
    const { cluster, asked, state } = prometheus();
    const statusNow = async () =>
      (await hours.of(place(cluster), [cluster], nobodys)).series.status;
    expect(await statusNow()).toBe('known');
    state.answer = 'failure';
    await jest.advanceTimersByTimeAsync(60 * 60_000);
    expect(await statusNow()).toBe('unknown');
    expect(await statusNow()).toBe('unknown');
    expect(asked).toHaveLength(2);
    state.answer = 'one';
    await jest.advanceTimersByTimeAsync(61_000);
    expect(await statusNow()).toBe('known');
  });

  it('shows no hour of the future once the clock was set back', async () => {
    const hours = new MeshHours({ mostSeries: 1000 });
    const { cluster, asked } = prometheus();
    await hours.of(place(cluster), [cluster], nobodys);
    jest.setSystemTime(START - 60 * 60_000);
    const { range } = await hours.of(place(cluster), [cluster], nobodys);
    expect(range.end).toEqual(new Date('2026-11-27T11:00:00.000Z'));
    expect(asked).toHaveLength(2);
  });

  it('asks nothing of a mesh that has no table, and says why', async () => {
    const { cluster, asked } = prometheus();
    const why = unknown('not-configured', 'The mesh is too large.');
    expect(
      (
        await new MeshHours({ mostSeries: 1000 }).of(
          place(cluster, { requests: why }),
          [cluster],
          nobodys,
        )
      ).series,
    ).toEqual(why);
    expect(asked).toEqual([]);
  });

  it('says that a cluster has no Prometheus', async () => {
    const hour = await new MeshHours({ mostSeries: 1000 }).of(
      place({ name: 'shop' } as MeshCluster),
      [],
      nobodys,
    );
    expect(hour.series).toMatchObject({ reason: 'not-configured' });
  });
});

describe('MeshHours of a mesh of which calls are left out', () => {
  const tooLarge = unknown('not-configured', 'The mesh is too large.');
  const serviceIn = (namespace: string) => ({
    cluster: 'shop',
    namespace,
    name: 'chat',
  });

  function largeMesh(failing: readonly string[] = [], takesMs = 0) {
    const asked: string[] = [];
    let now = START;
    const client: PrometheusClient = {
      async query(promql) {
        return {
          promql,
          samples: [{ labels: { reporter: 'source' }, value: 1, timestamp: 1 }],
          warnings: [],
          observedAt: new Date(0),
        };
      },
      async queryRange(promql, range) {
        asked.push(promql);
        now += takesMs;
        if (failing.some(one => promql.includes(one))) {
          throw new SourceError('source-unreachable', 'It is too much.');
        }
        return {
          promql,
          series: [{ labels: {}, values: [[range.end.getTime() / 1000, 1]] }],
          warnings: [],
          observedAt: range.end,
        };
      },
    };
    const cluster = { name: 'shop', prometheus: client } as MeshCluster;
    // Too many Services for one question.
    const services = ['ai', 'web']
      .flatMap(namespace =>
        Array.from(
          { length: 150 },
          (_, index) =>
            `{ apiVersion: v1, kind: Service, metadata: { namespace: ${namespace}, name: s${index} } }`,
        ),
      )
      .join('\n---\n');
    const large: HourPlace = {
      cluster,
      snapshot: snapshotFromYaml(services, { cluster: 'shop' }),
      table: { requests: tooLarge, leftOut: 'calls' },
    };
    const hours = new MeshHours({ mostSeries: 1000, now: () => now });
    return {
      asked,
      later: (ms: number) => {
        now += ms;
      },
      of: (
        table = large.table,
        wanted = async () => ['ai', 'web'].map(serviceIn),
      ) => hours.of({ ...large, table }, [cluster], wanted),
    };
  }

  it('asks by called service, some namespaces at a time, and says which nobody asked about', async () => {
    const { asked, of } = largeMesh();
    const { series, received } = await of();
    expect(asked).toHaveLength(2);
    expect(series).toMatchObject({
      value: [
        { labels: { reporter: 'source' } },
        { labels: { reporter: 'source' } },
      ],
    });
    expect(received!.whyUnknown('ai')).toBeUndefined();
    expect(received!.whyUnknown('other')).toMatchObject({ status: 'unknown' });
  });

  it.each([
    ['one is not answered about', ['web'], 'known'],
    ['none is answered about', ['web', 'ai'], 'unknown'],
  ])(
    'says of namespaces why they are not known where %s',
    async (_, failing, status) => {
      const { series, received } = await largeMesh(failing).of();
      expect(series.status).toBe(status);
      expect(received!.whyUnknown('web')).toMatchObject({
        message: 'It is too much.',
      });
    },
  );

  it('says why it is not known in which namespaces entities are', async () => {
    const { series } = await largeMesh().of(undefined, async () => {
      throw new Error('The catalog is away.');
    });
    expect(series).toEqual(
      unknown('source-unreachable', 'The catalog is away.'),
    );
  });

  it('reads anew once the table leaves nothing out any more, and the other way round', async () => {
    const { asked, of } = largeMesh();
    await of();
    expect((await of({ requests: known([]) })).received).toBeUndefined();
    expect((await of()).received).toBeDefined();
    expect(asked).toHaveLength(5);
  });

  it('rests after it has read for long, ten minutes at most', async () => {
    const { asked, of, later } = largeMesh([], 60_000);
    const moment = () => new Promise(resolve => setTimeout(resolve, 50));
    // Just before five minutes are over, so that the hour is as old as it gets.
    later(2.9 * 60_000);
    const first = await of();
    later(9 * 60_000);
    expect(await of()).toBe(first);
    await moment();
    expect(asked).toHaveLength(2);
    later(60_000);
    expect(await of()).toBe(first);
    await moment();
    expect(asked).toHaveLength(4);
    expect(await of()).not.toBe(first);
  });
});

it('asks in PromQL', () => {
  const errors: string[] = [];
  parser.parse(meshSparklineQuery(300)).iterate({
    enter: ({ type }) => {
      if (type.isError) {
        errors.push(type.name);
      }
    },
  });
  expect(errors).toEqual([]);
});
