import { setImmediate } from 'node:timers/promises';
import type { TopologyRequest } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotOf } from '../kubernetes/__testUtils__/snapshotOf';
import type { KubernetesObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { targetAt } from '../target/targetAt';
import { MeshTables } from '../telemetry';
import {
  buckets,
  now,
  objects,
  requests,
  targetOn,
} from './__testUtils__/chatWorld';
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
  breakers: ['chat.ai.svc.cluster.local', 'api.openai.com'].map(host => ({
    labels: {
      cluster_name: `outbound|80|v1|${host}`,
      statistic: 'ejections_active',
    },
    rate: 1,
  })),
};

const limiting = (host: string): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { namespace: 'ai', name: host.replace('*', 'any') },
  spec: { host, trafficPolicy: { outlierDetection: {} } },
});

const manyRules = Array.from({ length: 500 }, (_, index) =>
  limiting(`other-${index}`),
);

const worldWith = (rules: readonly KubernetesObject[]) =>
  snapshotOf(
    { ...objects, DestinationRule: [...objects.DestinationRule, ...rules] },
    { cluster: 'east' },
  );

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

  async function roundsOf(
    service: TopologyService,
    snapshot: MeshSnapshot,
    depth = 2,
  ) {
    const prometheus = new SlowPrometheus(series);
    const answer = await service.topology(
      targetOn(prometheus, snapshot),
      { window: '5m', depth },
      { now },
    );
    return {
      rounds: prometheus.rounds.map(round => [...round].sort()),
      answer: { ...answer, queries: [] },
    };
  }

  const atOnce = ['breakers', 'buckets', 'requests', 'tcp', 'usual'];

  it.each([
    [1, []],
    [2, [['requests']]],
    [3, [['requests'], ['requests']]],
  ])('asks in as many rounds as it looks deep: %i', async (depth, before) => {
    const { rounds } = await roundsOf(
      new TopologyService(),
      worldWith([]),
      depth,
    );
    expect(rounds).toEqual([...before, atOnce]);
  });

  it('asks of a mesh with many circuit breakers for those that it found, and for the same at once the next time', async () => {
    const few = await roundsOf(new TopologyService(), worldWith([]));
    const service = new TopologyService();
    const first = await roundsOf(service, worldWith(manyRules));
    const second = await roundsOf(service, worldWith(manyRules));
    expect(first.rounds.slice(1)).toEqual([
      ['buckets', 'requests', 'tcp', 'usual'],
      ['breakers'],
    ]);
    expect(second.rounds.slice(1)).toEqual([atOnce]);
    expect(first.answer).toEqual(few.answer);
    expect(second.answer).toEqual(few.answer);
  });

  it('asks once more for a circuit breaker that nobody could expect', async () => {
    const service = new TopologyService();
    const rules = [limiting('*.openai.com')];
    const first = await roundsOf(service, worldWith(rules));
    const second = await roundsOf(service, worldWith(rules));
    expect(first.rounds.slice(1)).toEqual([atOnce, ['breakers']]);
    expect(second.rounds.slice(1)).toEqual([atOnce]);
    expect(second.answer).toEqual(first.answer);
    expect(
      first.answer.nodes
        .filter(({ breaker }) => breaker.evidence === 'envoy-stats')
        .map(({ name }) => name),
    ).toEqual(['chat', 'api.openai.com']);
  });
});
