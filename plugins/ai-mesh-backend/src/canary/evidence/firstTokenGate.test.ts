import {
  canaryPlanSchema,
  known,
  unknown,
} from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import {
  growing,
  scraped,
  SCRAPE,
} from '../../prometheus/__testUtils__/scraped';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../../prometheus/__testUtils__/startPrometheus';
import { clientOf } from '../../prometheus/__testUtils__/clientOf';
import { beginQuality, FIRST_TOKEN, judge, takeInQuality } from '../gates';
import { context, evidence } from '../gates/__testUtils__/measures';
import { chatHost, chatMesh } from './__testUtils__/chatMesh';
import { SETTLE_SECONDS } from './countQueries';
import { findFirstToken, firstTokenGate } from './firstTokenGate';
import { gatherQuality } from './gatherQuality';

const plan = canaryPlanSchema.parse({});
/** So many answers a scrape that took up to half a second, and up to two. */
function histogram(
  metric: string,
  version: string,
  quick: number,
  slow: number,
) {
  const labels = `namespace="ai",pod="chat-${version}-7d4b9c6f8-x2x4z"`;
  return [
    [`${metric}_bucket{${labels},le="0.5"}`, quick],
    [`${metric}_bucket{${labels},le="2.0"}`, quick + slow],
    [`${metric}_bucket{${labels},le="+Inf"}`, quick + slow],
    [`${metric}_count{${labels}}`, quick + slow],
    [`${metric}_sum{${labels}}`, quick * 0.4 + slow * 1.8],
  ] as const;
}

describeWithPrometheus(
  'the time to the first token on a real Prometheus',
  () => {
    let running: RealPrometheus | undefined;

    afterEach(async () => {
      await running?.stop();
      running = undefined;
    });

    it.each([
      'gen_ai_server_time_to_first_token_seconds',
      'vllm:time_to_first_token_seconds',
    ])('is tested by the histogram that there is: %s', async metric => {
      const last = Math.floor(Date.now() / 1000) - SETTLE_SECONDS;
      const series = [
        ...histogram(metric, 'v1', 95, 5),
        ...histogram(metric, 'v2', 2, 18),
      ];
      running = await startPrometheus(
        scraped(
          series.map(([name, perScrape]) => ({
            series: name,
            sample: growing(perScrape),
          })),
          last,
        ),
      );
      const request = {
        cluster: 'demo',
        snapshot: snapshotFromYaml(chatMesh()),
        canary: { host: chatHost, subset: 'v2' },
        stable: { host: chatHost, subset: 'v1' },
        prometheus: clientOf(running, { extraLabels: { cluster: '' } }),
      };
      const found = await findFirstToken(request);
      expect(found).toBe(metric);
      const gate = firstTokenGate(found, plan)!;
      const from = last - 60;
      const measures = await gatherQuality(request, [gate], from, undefined);
      const slice = measures.means![FIRST_TOKEN]!;
      expect(slice.canary.count).toBeGreaterThan(200);
      expect(slice.stable.sum / slice.stable.count).toBeCloseTo(0.47);
      const learnt = takeInQuality(beginQuality(from), measures, [gate], {
        scrapeSeconds: SCRAPE,
        stableHasTraffic: true,
        at: new Date(0),
      });
      const check = judge(
        context(
          // The window's means are shown beside, and decide nothing.
          evidence({ timeToFirstTokenMs: 500 }, { timeToFirstTokenMs: 470 }),
          {
            quality: {
              gates: [gate],
              missing: [],
              measures,
              judged: [],
              evidence: known(learnt),
            },
          },
        ),
        undefined,
        {},
        new Date(0),
      );
      expect(check.verdict).toMatchObject({ outcome: 'breach' });
      const results = check.gates.filter(one => one.gate === FIRST_TOKEN);
      expect(results).toEqual([
        expect.objectContaining({
          judgedBy: 'test',
          outcome: 'breach',
          message: expect.stringMatching(
            /^1\.66 s, the mean of \d+ values, the stable version's 470 ms of [\d,]+: beyond its bound/,
          ),
        }),
      ]);
      expect(results[0].meanTest!.canary.mean).toBeCloseTo(1660);
      const away = unknown('source-unreachable');
      const later = judge(
        context(
          evidence({ timeToFirstTokenMs: away }, { timeToFirstTokenMs: 470 }),
          {
            quality: {
              gates: [gate],
              missing: [],
              measures: { shares: {}, numbers: {}, promql: {} },
              judged: [],
              evidence: known(learnt),
            },
          },
        ),
        undefined,
        {},
        new Date(0),
      );
      expect(later.verdict).toMatchObject({
        outcome: 'hold',
        reason: 'source-unreachable',
      });
    });

    it('has no test where the stable version exports no histogram of it', async () => {
      expect(firstTokenGate(undefined, plan)).toBeUndefined();
      expect(
        firstTokenGate('vllm:time_to_first_token_seconds', {
          ...plan,
          gates: {
            ...plan.gates,
            timeToFirstToken: {
              ...plan.gates.timeToFirstToken,
              enabled: false,
            },
          },
        }),
      ).toBeUndefined();
      const check = judge(
        context(
          evidence({ timeToFirstTokenMs: 500 }, { timeToFirstTokenMs: 470 }),
        ),
        undefined,
        {},
        new Date(0),
      );
      expect(check.gates.find(one => one.gate === FIRST_TOKEN)).toMatchObject({
        judgedBy: 'bounds',
        outcome: 'pass',
      });
    });
  },
);
