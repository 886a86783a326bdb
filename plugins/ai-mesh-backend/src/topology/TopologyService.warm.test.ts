import { setImmediate } from 'node:timers/promises';
import type { TopologyRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { targetAt } from '../target/targetAt';
import { MeshTables } from '../telemetry';
import { buckets, now, requests, targetOn } from './__testUtils__/chatWorld';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { bucketRows } from './__testUtils__/meshRows';
import { TopologyService } from './TopologyService';

const series = {
  requests,
  buckets,
  usual: requests
    .flatMap(row => bucketRows(row, 100))
    .map(({ labels, rate }) => ({
      labels: { ...labels, usual: 'hour-before' },
      rate,
    })),
  breakers: [
    {
      labels: {
        cluster_name: 'outbound|80|v1|chat.ai.svc.cluster.local',
        statistic: 'ejections_active',
      },
      rate: 1,
    },
  ],
};

/** Turns of the event loop without another question, after which whoever could ask without an answer has asked. */
const QUIET_TURNS = 100;

/** Answers when nobody asks any more, and knows which questions had to wait for the answers to others. */
class SlowPrometheus extends FakePrometheus {
  /** What was asked without an answer, what after the first answers, and so on. */
  readonly rounds: string[][] = [];
  #answered = 0;

  async query(promql: string) {
    const round = this.#answered;
    const answer = super.query(promql);
    const { metric } = this.asked.at(-1)!;
    this.rounds[round] = [...(this.rounds[round] ?? []), metric];
    for (let quiet = 0, seen = 0; quiet < QUIET_TURNS; quiet++) {
      if (seen !== this.asked.length) {
        seen = this.asked.length;
        quiet = 0;
      }
      await setImmediate();
    }
    this.#answered = Math.max(this.#answered, round + 1);
    return answer;
  }
}

describe('TopologyService', () => {
  let tables: MeshTables;

  beforeEach(() => {
    tables = new MeshTables({ mostSeries: 100_000 });
  });

  afterEach(() => tables.stop());

  async function warmTarget(prometheus: FakePrometheus) {
    const target = targetOn(prometheus);
    await tables.of(target.clusters[0].cluster);
    prometheus.asked.length = 0;
    return target;
  }

  it.each([1, 2, 3])(
    'asks nothing on a warm table, and shows the same to depth %i',
    async depth => {
      const prometheus = new FakePrometheus(series);
      const target = await warmTarget(prometheus);
      const request: TopologyRequest = { window: '5m', depth };
      const warm = await new TopologyService({ tables }).topology(
        target,
        request,
        { now },
      );
      expect(prometheus.asked).toEqual([]);
      const { queries, ...asked } = await new TopologyService().topology(
        target,
        request,
        { now },
      );
      expect(warm).toEqual({ ...asked, queries: warm.queries });
      expect(new Set(warm.queries.map(({ id }) => id))).toEqual(
        new Set(queries.map(({ id }) => id)),
      );
      expect(warm.nodes.some(({ health }) => health.status === 'slow')).toBe(
        true,
      );
    },
  );

  it('asks about another window, and about another moment', async () => {
    const prometheus = new FakePrometheus(series);
    const target = await warmTarget(prometheus);
    const service = new TopologyService({ tables });
    await service.topology(target, { window: '1h', depth: 1 }, { now });
    const forWindow = prometheus.asked.length;
    expect(forWindow).toBeGreaterThan(0);
    await service.topology(
      targetAt(target, now),
      { window: '5m', depth: 1 },
      { now, isPast: true },
    );
    expect(prometheus.asked.length).toBe(2 * forWindow);
  });

  it('asks by itself until there is a table, for which it need not wait', async () => {
    const prometheus = new FakePrometheus(series);
    const target = targetOn(prometheus);
    const cold = await new TopologyService({ tables }).topology(
      target,
      { window: '5m', depth: 2 },
      { now },
    );
    expect(cold.edges.length).toBeGreaterThan(3);
    await tables.of(target.clusters[0].cluster);
    prometheus.asked.length = 0;
    await new TopologyService({ tables }).topology(
      target,
      { window: '5m', depth: 2 },
      { now },
    );
    expect(prometheus.asked).toEqual([]);
  });

  it.each([
    [1, []],
    [2, [['requests']]],
  ])(
    'asks in as many rounds as it looks deep, and while latency is under way for the circuit breakers of what was found: %i',
    async (depth, before) => {
      const prometheus = new SlowPrometheus(series);
      await new TopologyService().topology(
        targetOn(prometheus),
        { window: '5m', depth },
        { now },
      );
      expect(prometheus.rounds.map(round => [...round].sort())).toEqual([
        ...before,
        ['buckets', 'requests', 'tcp', 'usual'],
        ['breakers'],
      ]);
    },
  );
});
