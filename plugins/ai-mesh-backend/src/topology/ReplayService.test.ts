import {
  known,
  REPLAY_STEPS,
  replaySchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../kubernetes/__testUtils__/snapshotFromYaml';
import { budgetAlertsQuery, readBudgetAlert } from '../slo';
import type { RateRow } from '../telemetry';
import { now, requests, targetOn } from './__testUtils__/chatWorld';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
import { requestRow } from './__testUtils__/meshRows';
import { waypointMesh } from './__testUtils__/waypointMesh';
import { ReplayService } from './ReplayService';

/** Has each series at some of the moments only. */
class Recorded extends FakePrometheus {
  constructor(
    private readonly rows: readonly RateRow[],
    private readonly isThere: (row: RateRow, moment: number) => boolean,
  ) {
    super({});
  }

  queryRange = async (
    promql: string,
    range: { start: Date; end: Date; stepSeconds: number },
  ): Promise<never> => {
    const asked =
      promql.includes('istio_requests_total') && !promql.includes('istio_tcp_')
        ? this.rows
        : [];
    return {
      promql,
      series: asked.map(row => ({
        labels: { ...row.labels },
        values: Array.from({ length: REPLAY_STEPS + 1 }, (_, moment) => moment)
          .filter(moment => this.isThere(row, moment))
          .map(moment => [
            range.start.getTime() / 1000 + moment * range.stepSeconds,
            row.rate,
          ]),
      })),
      warnings: [],
      observedAt: now,
    } as never;
  };
}

async function replayOf(isThere: (row: RateRow, moment: number) => boolean) {
  const replay = replaySchema.parse(
    await new ReplayService().replay(
      targetOn(new Recorded(requests, isThere)),
      { span: '1h', window: '5m', depth: 2 },
      { now },
    ),
  );
  const chat = replay.nodes.find(({ relation }) => relation === 'own')!;
  return {
    measured: replay.moments.map(one => one.measured),
    rates: chat.traffic.requestsPerSecond,
    health: chat.health,
    names: replay.nodes.map(({ name }) => name),
  };
}

/** The world is the same for all tests: what one has changed is undone after it. */
const undo: (() => void)[] = [];

function give(object: { metadata: object }, change: object) {
  const { metadata } = object;
  object.metadata = { ...metadata, ...change };
  undo.push(() => {
    object.metadata = metadata;
  });
}

describe('a replay', () => {
  afterEach(() => undo.splice(0).forEach(one => one()));

  it('knows when budget alerts fired, and when they did no more', async () => {
    const prometheus = new Recorded(requests, () => true);
    const other = prometheus.queryRange;
    const alert = { severity: 'page', objective: 'availability', model: 'm' };
    prometheus.queryRange = async (promql, range) =>
      promql.includes('ALERTS')
        ? ({
            promql,
            series: [
              { labels: alert, moments: [10, 11, 12, 40, 60] },
              { labels: { severity: 'odd' }, moments: [1] },
            ].map(({ labels, moments }) => ({
              labels,
              values: moments.map(moment => [
                range.start.getTime() / 1000 + moment * range.stepSeconds,
                1,
              ]),
            })),
            warnings: [],
            observedAt: now,
          } as never)
        : other(promql, range);
    const replay = await new ReplayService({
      alerts: { query: budgetAlertsQuery, read: readBudgetAlert },
    }).replay(
      targetOn(prometheus),
      { span: '1h', window: '5m', depth: 2 },
      { now },
    );
    const at = (moment: number) => replay.moments[moment].at;
    expect(replaySchema.parse(replay).budgetAlerts).toEqual(
      known(
        [
          { from: at(10), until: at(13) },
          { from: at(40), until: at(41) },
          { from: at(60) },
        ].map(span => ({ cluster: 'east', ...alert, ...span })),
      ),
    );
    expect(replay.queries.map(({ id }) => id)).toContain('budget-alerts');
  });

  it.each<[string, [number, number][], object]>([
    [
      'fires on',
      [
        [15, 19],
        [30, 60],
      ],
      { from: 15 },
    ],
    ['is over by its end', [[15, 19]], { from: 15, until: 30 }],
    ['begins after it', [[31, 60]], { from: 31 }],
  ])(
    'does not take a restart of Prometheus for the end of a budget alert that %s',
    async (_, fires, expected) => {
      const prometheus = new Recorded(
        requests,
        (__, moment) => moment < 20 || moment > 29,
      );
      const other = prometheus.queryRange;
      prometheus.queryRange = async (promql, range) =>
        promql.includes('ALERTS')
          ? ({
              promql,
              series: [
                {
                  labels: { severity: 'page', objective: 'availability' },
                  values: fires.flatMap(([first, last]) =>
                    Array.from({ length: last - first + 1 }, (__, at) => [
                      range.start.getTime() / 1000 +
                        (first + at) * range.stepSeconds,
                      1,
                    ]),
                  ),
                },
              ],
              warnings: [],
              observedAt: now,
            } as never)
          : other(promql, range);
      const { moments, budgetAlerts } = await new ReplayService({
        alerts: { query: budgetAlertsQuery, read: readBudgetAlert },
      }).replay(
        targetOn(prometheus),
        { span: '1h', window: '5m', depth: 2 },
        { now },
      );
      const spans = budgetAlerts.status === 'known' ? budgetAlerts.value : [];
      const indexOf = (at: string) =>
        moments.findIndex(moment => moment.at === at);
      expect(
        spans.map(({ from, until }) => ({
          from: indexOf(from),
          ...(until && { until: indexOf(until) }),
        })),
      ).toEqual([expected]);
    },
  );

  it('knows what was changed within it, and leaves out what was not', async () => {
    const target = targetOn(new Recorded(requests, () => true));
    const [{ snapshot }] = target.clusters;
    const route = snapshot.get('VirtualService', 'ai', 'chat')!;
    const within = new Date(now.getTime() - 30 * 60_000);
    const manager = (name: string, time: Date) => ({
      manager: name,
      operation: 'Update',
      time: time.toISOString(),
    });
    give(route, {
      managedFields: [
        manager('argocd', within),
        manager('kubectl-edit', new Date(now.getTime() - 5 * 3_600_000)),
        manager('ai-mesh', within),
      ],
    });
    const { changes } = await new ReplayService().replay(
      target,
      { span: '1h', window: '5m', depth: 2 },
      { now },
    );
    expect(changes).toEqual([
      {
        at: within.toISOString(),
        by: 'argocd',
        object: {
          cluster: 'east',
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          namespace: 'ai',
          name: 'chat',
        },
      },
    ]);
  });

  it('over a restart of Prometheus has a gap, and no zero in it', async () => {
    const { measured, rates, health } = await replayOf(
      (_, moment) => moment < 20 || moment > 29,
    );
    measured.forEach((isMeasured, moment) => {
      const isGap = moment >= 20 && moment <= 29;
      expect(isMeasured).toBe(!isGap);
      expect(rates[moment] === null).toBe(isGap);
      expect(health[moment] === 'unknown').toBe(isGap);
    });
  });

  it('over a window without samples knows of nothing', async () => {
    const { measured, rates, health } = await replayOf(() => false);
    expect(measured).not.toContain(true);
    expect(new Set(rates)).toEqual(new Set([null]));
    expect(new Set(health)).toEqual(new Set(['unknown']));
  });

  it('over a rename of the service says when its present name began', async () => {
    const target = targetOn(new Recorded(requests, () => true));
    const [{ snapshot }] = target.clusters;
    const renamed = new Date(now.getTime() - 30 * 60_000).toISOString();
    const service = snapshot.get('Service', 'ai', 'chat')!;
    give(service, { creationTimestamp: renamed });
    const { changes } = await new ReplayService().replay(
      target,
      { span: '1h', window: '5m', depth: 2 },
      { now },
    );
    expect(changes).toEqual([
      {
        at: renamed,
        object: {
          cluster: 'east',
          apiVersion: 'v1',
          kind: 'Service',
          namespace: 'ai',
          name: 'chat',
        },
      },
    ]);
  });

  it('over a rename of the service begins with its present name', async () => {
    const { measured, rates } = await replayOf((_, moment) => moment >= 30);
    expect(measured.indexOf(true)).toBe(30);
    expect(rates.slice(0, 30).every(rate => rate === null)).toBe(true);
    expect(rates[30]).toBeGreaterThan(0);
  });

  it('blames nobody then for a waypoint that is down today', async () => {
    const toLlm = requestRow('waypoint', {
      from: 'chat',
      to: 'llm',
      by: 'llm',
      rate: 10,
    });
    const { moments, nodes } = await new ReplayService().replay(
      targetOn(
        new Recorded([toLlm], () => true),
        snapshotFromYaml(waypointMesh(0)),
      ),
      { span: '1h', window: '5m', depth: 2 },
      { now },
    );
    expect(nodes.map(({ name }) => name)).toContain('llm');
    expect(moments.flatMap(({ origins }) => origins)).toEqual([]);
  });

  it('has who called at any moment of it in its picture, whoever calls now', async () => {
    const { names } = await replayOf(
      ({ labels }, moment) => labels.source_workload !== 'batch' || moment < 10,
    );
    expect(names).toContain('batch');
  });
});
