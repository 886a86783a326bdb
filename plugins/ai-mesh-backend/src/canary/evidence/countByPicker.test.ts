import { canaryPlanSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import {
  growing,
  scraped,
  SCRAPE,
  type Sample,
} from '../../prometheus/__testUtils__/scraped';
import {
  describeWithPrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../../prometheus/__testUtils__/startPrometheus';
import { clientOf } from '../../prometheus/__testUtils__/clientOf';
import { PrometheusAt } from '../../prometheus/PrometheusAt';
import type { PrometheusClient } from '../../prometheus/PrometheusClient';
import { poolMesh } from '../__testUtils__/poolMesh';
import { beginCounting, takeIn, type CountedSlice } from '../gates';
import { countBefore } from './countBefore';
import { countByPicker } from './countByPicker';
import { SETTLE_SECONDS } from './countQueries';
import { gatherEvidence } from './gatherEvidence';
import { measureByPicker } from './measureByPicker';
import { pickersOf } from './pickerQueries';

/** The two pools of a case, with pickers of their own: one Prometheus holds all cases. */
function requestOf(name: string, prometheus: PrometheusClient) {
  const mesh = poolMesh.replace(
    /(llm-|epp-|version: )v([12])/g,
    (_, before, number) => `${before}${name}${number}`,
  );
  return {
    cluster: 'demo',
    snapshot: snapshotFromYaml(mesh),
    stable: { host: `InferencePool:llm-${name}1.ai` },
    canary: { host: `InferencePool:llm-${name}2.ai` },
    prometheus,
  };
}

const counting = (request: ReturnType<typeof requestOf>, from: number) =>
  countByPicker(request, pickersOf(request)!, { from, slowAboveMs: 1000 });

/** What a run makes of a slice. */
function taken(slice: CountedSlice) {
  return takeIn(
    beginCounting({
      until: slice.from,
      slices: { errorRate: [], throttled: [] },
      usual: { requests: 0, seconds: 0 },
    }),
    slice,
    {
      plan: canaryPlanSchema.parse({}),
      usualLostShare: 0,
      scrapeSeconds: 5,
      at: new Date('2025-06-01T12:00:00Z'),
    },
  );
}

const REQUESTS = 'inference_objective_request_total';
const ERRORS = 'inference_objective_request_error_total';
const DURATIONS = 'inference_objective_request_duration_seconds_bucket';

function series(
  metric: string,
  picker: string,
  sample: Sample,
  labels: Record<string, string> = {},
) {
  const all = {
    namespace: 'ai',
    pod: `epp-${picker}-abc-12345`,
    model_name: 'llama',
    ...labels,
  };
  const text = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
  return { series: `${metric}{${text.join(',')}}`, sample };
}

const errors = (picker: string, code: string, sample: Sample) =>
  series(ERRORS, picker, sample, { error_code: code });

const took = (picker: string, le: string, perScrape: number) =>
  series(DURATIONS, picker, growing(perScrape), { le });

describeWithPrometheus('requests counted by endpoint pickers', () => {
  let running: RealPrometheus;
  let prometheus: PrometheusClient;
  /** The last scrape, Unix seconds. */
  let last: number;

  beforeAll(async () => {
    last = Math.floor(Date.now() / 1000) - SETTLE_SECONDS;
    const all = [
      series(REQUESTS, 'well1', growing(30)),
      series(REQUESTS, 'well2', growing(10)),
      errors('well2', 'Internal', growing(1)),
      errors('well2', 'InferencePoolResourceExhausted', growing(2)),
      errors('well2', 'BadRequest', growing(3)),
      took('well1', '1.0', 30),
      took('well1', '+Inf', 30),
      took('well2', '1.0', 9),
      took('well2', '+Inf', 10),
      series('inference_model_request_total', 'former1', growing(30)),
      series('inference_model_request_total', 'former2', growing(10)),
      series(REQUESTS, 'fell1', growing(30)),
      series(REQUESTS, 'fell2', ago =>
        ago > 30 ? 5000 : ((30 - ago) / SCRAPE) * 10,
      ),
      errors('fell2', 'Internal', ago => (ago > 30 ? 400 : 7)),
      series(REQUESTS, 'news1', growing(30)),
      series(REQUESTS, 'news2', growing(10)),
      errors('news2', 'Internal', ago => (ago > 30 ? undefined : 4)),
      series(REQUESTS, 'gap1', growing(30)),
      series(REQUESTS, 'gap2', ago =>
        ago > 500 || ago <= 30 ? growing(10)(ago) : undefined,
      ),
      ...['doubled1', 'doubled2'].flatMap(picker => [
        series(REQUESTS, picker, growing(10)),
        series(
          REQUESTS,
          picker,
          ago => (ago > 30 ? undefined : growing(10)(ago)),
          { prometheus_replica: 'b' },
        ),
      ]),
      ...['young1', 'young2'].map(picker =>
        series(REQUESTS, picker, ago => (ago > 30 ? undefined : 600 - ago)),
      ),
    ];
    running = await startPrometheus(scraped(all, last));
    // Asked of the same moment, however long the tests take.
    prometheus = new PrometheusAt(
      clientOf(running),
      new Date((last + SETTLE_SECONDS) * 1000),
    );
  }, 60_000);

  afterAll(async () => {
    await running?.stop();
  });

  /** What was counted in the last minute. */
  async function lastMinute(name: string): Promise<CountedSlice> {
    const slice = await counting(requestOf(name, prometheus), last - 60);
    if (slice.status === 'unknown') {
      throw new Error(slice.message);
    }
    return slice.value;
  }

  it('are whole, and failures only those that the pool is to blame for', async () => {
    const { shares, born, returned, lost } = await lastMinute('well');
    expect(shares).toEqual({
      errorRate: {
        canary: { requests: 120, bad: 12 },
        stable: { requests: 360, bad: 0 },
      },
      throttled: {
        canary: { requests: 120, bad: 24 },
        stable: { requests: 360, bad: 0 },
      },
      slow: {
        canary: { requests: 120, bad: 12 },
        stable: { requests: 360, bad: 0 },
      },
    });
    expect([born, returned, lost]).toEqual([0, 0, 0]);
  });

  it('are counted by the names that they had before', async () => {
    const { shares } = await lastMinute('former');
    expect(shares.errorRate.canary.requests).toBe(120);
    expect(shares.errorRate.stable.requests).toBe(360);
  });

  it('count from 0 where the counter fell, as after a restart', async () => {
    const slice = await lastMinute('fell');
    expect(slice.shares.errorRate.canary).toEqual({ requests: 60, bad: 7 });
    expect(taken(slice).leftOut).toBeUndefined();
  });

  it('count the first failure of a kind whole', async () => {
    const { shares } = await lastMinute('news');
    expect(shares.errorRate.canary).toEqual({ requests: 120, bad: 4 });
  });

  it.each([
    ['gap', 'were missing for a while', /1 series were missing for a while\.$/],
    [
      'doubled',
      'appear at once, as those of a second replica of Prometheus',
      /requests appeared at once in series that were not there before, as when a second Prometheus answers as well\.$/,
    ],
  ])(
    'leave out a time, for both versions, in which series %s: %s',
    async (name, _, why) => {
      const { leftOut, shares } = taken(await lastMinute(name));
      expect(leftOut?.message).toMatch(why);
      const [{ canary, stable }] = shares.errorRate.spans;
      expect([canary.requests, stable.requests]).toEqual([0, 0]);
    },
  );

  it('tell beforehand how the stable pool is, and what is slow', async () => {
    const before = await countBefore(requestOf('well', prometheus), 15);
    expect(before).toMatchObject({
      status: 'known',
      value: { byPicker: true, slowAboveMs: 1000 },
    });
    const { usual } = (before as Extract<typeof before, { status: 'known' }>)
      .value;
    expect(usual.requests / usual.seconds).toBeCloseTo(6);
  });

  it('are measured over a window too, where Istio knows none', async () => {
    const { canary, stable, lostRequests } = await gatherEvidence(
      requestOf('well', prometheus),
      60,
    );
    const value = (of: typeof canary.p99Ms) =>
      of.status === 'known' ? of.value : NaN;
    // Each of the two is extrapolated in the same way.
    expect(value(canary.errorRatio)).toBeCloseTo(0.1);
    expect(value(canary.throttledRatio)).toBeCloseTo(0.2);
    expect(value(stable.requests) / value(canary.requests)).toBeCloseTo(3);
    expect(value(stable.errorRatio)).toBe(0);
    expect(value(canary.p99Ms)).toBe(1000);
    expect(lostRequests).toEqual({ status: 'known', value: 0 });
  });

  it('are not known of a window that Prometheus does not know in full', async () => {
    const { canary, stable } = await gatherEvidence(
      requestOf('young', prometheus),
      60,
    );
    for (const side of [canary, stable]) {
      expect(side.errorRatio).toMatchObject({
        status: 'unknown',
        message: expect.stringContaining(
          'Prometheus does not know the 60 s before now in full yet',
        ),
      });
    }
  });
});

describe('what a Prometheus answers of endpoint pickers', () => {
  type Row = [part: string, version: string, value: number, code?: string];

  function answering(...rows: Row[]): PrometheusClient {
    return {
      query: async promql => ({
        promql,
        warnings: [],
        observedAt: new Date(0),
        samples: rows.map(([part, version, value, code]) => ({
          labels: {
            canary_part: part,
            canary_version: version,
            ...(code && { error_code: code }),
          },
          value,
          timestamp: 0,
        })),
      }),
      queryRange: async promql => ({
        promql,
        series: [],
        warnings: [],
        observedAt: new Date(0),
      }),
    };
  }

  const clock: Row = ['clock', 'canary', 1000];
  const all: Row[] = [
    ['counted', 'canary', 10],
    ['counted', 'stable', 10],
  ];

  it.each<[string, Row]>([
    ['no number', ['counted', 'canary', NaN]],
    ['below zero', ['errors', 'canary', -1, 'Internal']],
    ['without end', ['counted', 'stable', Infinity]],
  ])('is no count where it is %s', async (_, row) => {
    const request = requestOf('v', answering(clock, ...all, row));
    expect(await counting(request, 900)).toEqual({
      status: 'unknown',
      reason: 'not-exported',
      message:
        'Prometheus answered something that is not a number of requests.',
      words: [{ key: 'traffic.noNumber' }],
    });
  });

  it('is no count without its clock', async () => {
    expect(
      await counting(requestOf('v', answering(...all)), 900),
    ).toMatchObject({ status: 'unknown' });
  });

  it('never holds more failures than requests: a failure may end a slice after its request came', async () => {
    const request = requestOf(
      'v',
      answering(clock, ...all, ['errors', 'canary', 12, 'Internal']),
    );
    expect(await counting(request, 900)).toMatchObject({
      value: { shares: { errorRate: { canary: { requests: 10, bad: 10 } } } },
    });
  });

  const measuring = (...rows: Row[]) => {
    const request = requestOf('v', answering(...rows));
    const names = { canary: new Set<string>(), stable: new Set<string>() };
    return measureByPicker(request, pickersOf(request)!, 60, names);
  };

  it('is no ratio where it is no number, and none of a version alone', async () => {
    expect(
      await measuring(
        ['requests', 'canary', NaN],
        ['covered', 'canary', 1],
        ['p99', 'canary', NaN],
      ),
    ).toMatchObject({
      status: 'known',
      value: {
        canary: {
          requests: { status: 'unknown', reason: 'no-traffic' },
          errorRatio: { status: 'unknown', reason: 'no-traffic' },
          p99Ms: { status: 'unknown', reason: 'no-traffic' },
        },
        stable: {},
      },
    });
  });

  it('is nothing where no picker counts', async () => {
    expect(await measuring()).toBeUndefined();
  });
});
