import { REPLAY_STEPS, replaySchema } from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from '../telemetry';
import { now, requests, targetOn } from './__testUtils__/chatWorld';
import { FakePrometheus } from './__testUtils__/FakePrometheus';
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
    const asked = promql.includes('istio_requests_total') ? this.rows : [];
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

describe('a replay', () => {
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

  it('over a rename of the service begins with its present name', async () => {
    const { measured, rates } = await replayOf((_, moment) => moment >= 30);
    expect(measured.indexOf(true)).toBe(30);
    expect(rates.slice(0, 30).every(rate => rate === null)).toBe(true);
    expect(rates[30]).toBeGreaterThan(0);
  });

  it('has who called at any moment of it in its picture, whoever calls now', async () => {
    const { names } = await replayOf(
      ({ labels }, moment) => labels.source_workload !== 'batch' || moment < 10,
    );
    expect(names).toContain('batch');
  });
});
