import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import { parser } from '@prometheus-io/lezer-promql';
import type { PrometheusClient } from '../prometheus/PrometheusClient';
import { SourceError } from '../target/SourceError';
import { MeshHours } from './MeshHours';
import { meshSparklineQuery } from './sparkline';

// Whose turn it is the machine's own clock says, which a clock of ours does not move.
jest.mock('../target/inTurns', () => ({ inTurns: async () => undefined }));

const table = known([]);
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
  return { cluster: { name: 'shop', prometheus: client }, asked, state };
}

describe('MeshHours', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: START });
  });

  afterEach(() => jest.useRealTimers());

  it('asks for the hour once a step, whoever looks and how often', async () => {
    const hours = new MeshHours();
    const { cluster, asked } = prometheus();
    const [first, second] = await Promise.all([
      hours.of(cluster, table),
      hours.of(cluster, table),
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
      expect(await hours.of(cluster, table)).toBe(first);
    }
    expect(asked).toHaveLength(1);
  });

  it('shows the hour before it while the next is asked for', async () => {
    const hours = new MeshHours();
    const { cluster, asked } = prometheus();
    const first = await hours.of(cluster, table);
    await jest.advanceTimersByTimeAsync(5 * 60_000);
    expect(await hours.of(cluster, table)).toBe(first);
    await jest.advanceTimersByTimeAsync(0);
    const next = await hours.of(cluster, table);
    expect(next.range.end).toEqual(new Date('2026-11-27T12:05:00.000Z'));
    expect(asked).toHaveLength(2);
  });

  it('waits a moment for a server that hangs, says so, and asks no second time meanwhile', async () => {
    const hours = new MeshHours();
    const { cluster, asked, state } = prometheus();
    state.answer = 'nothing';
    for (let look = 0; look < 2; look++) {
      const looking = hours.of(cluster, table);
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
    const hours = new MeshHours();
    const { cluster, asked, state } = prometheus();
    const statusNow = async () =>
      (await hours.of(cluster, table)).series.status;
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
    const hours = new MeshHours();
    const { cluster, asked } = prometheus();
    await hours.of(cluster, table);
    jest.setSystemTime(START - 60 * 60_000);
    const { range } = await hours.of(cluster, table);
    expect(range.end).toEqual(new Date('2026-11-27T11:00:00.000Z'));
    expect(asked).toHaveLength(2);
  });

  it('asks nothing of a mesh that has no table, and says why', async () => {
    const { cluster, asked } = prometheus();
    const why = unknown('not-configured', 'The mesh is too large.');
    expect((await new MeshHours().of(cluster, why)).series).toEqual(why);
    expect(asked).toEqual([]);
  });

  it('says that a cluster has no Prometheus', async () => {
    const hour = await new MeshHours().of({ name: 'shop' }, table);
    expect(hour.series).toMatchObject({ reason: 'not-configured' });
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
