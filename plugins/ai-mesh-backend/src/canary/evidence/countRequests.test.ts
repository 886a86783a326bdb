import { snapshotFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import {
  growing,
  scraped,
  SCRAPE,
  SINCE,
  type Sample,
} from '../../prometheus/__testUtils__/scraped';
import {
  describeWithPrometheus,
  startNativePrometheus,
  startPrometheus,
  type RealPrometheus,
} from '../../prometheus/__testUtils__/startPrometheus';
import { clientOf } from '../../prometheus/__testUtils__/clientOf';
import { remoteWrite } from '../../prometheus/__testUtils__/remoteWrite';
import { chatHost, chatMesh } from './__testUtils__/chatMesh';
import { countBefore } from './countBefore';
import { DURATIONS, SETTLE_SECONDS } from './countQueries';
import { countRequests } from './countRequests';
import { gatherEvidence } from './gatherEvidence';

function series(
  version: string,
  code: string,
  counter: Sample,
  more: Record<string, string> = {},
) {
  const names: Record<string, string> = {
    reporter: 'source',
    source_workload: 'web',
    source_workload_namespace: 'ai',
    destination_service_name: 'chat',
    destination_service_namespace: 'ai',
    destination_workload: version === 'unknown' ? version : `chat-${version}`,
    destination_version: version,
    request_protocol: 'http',
    response_code: code,
    ...more,
  };
  const labels = Object.entries(names).map(
    ([name, value]) => `${name}="${value}"`,
  );
  return { names, labels: labels.join(','), counter };
}

describeWithPrometheus('requests counted by a real Prometheus', () => {
  let running: RealPrometheus | undefined;
  /** The last scrape, Unix seconds. */
  let last: number;

  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  function requestTo(prometheus: RealPrometheus) {
    return {
      cluster: 'demo',
      snapshot: snapshotFromYaml(chatMesh()),
      canary: { host: chatHost, subset: 'v2' },
      stable: { host: chatHost, subset: 'v1' },
      prometheus: clientOf(prometheus),
    };
  }

  async function start(
    all: ReturnType<typeof series>[],
    metric = 'istio_requests_total',
    secondsAgo = SETTLE_SECONDS,
  ) {
    last = Math.floor(Date.now() / 1000) - secondsAgo;
    running = await startPrometheus(
      scraped(
        all.map(({ labels, counter }) => ({
          series: `${metric}{${labels}}`,
          sample: counter,
        })),
        last,
      ),
    );
    return requestTo(running);
  }

  /** Counted from so many seconds before the last scrape on. */
  async function count(all: ReturnType<typeof series>[], ago: number) {
    const request = await start(all);
    const slice = await countRequests(request, { from: last - ago });
    if (slice.status === 'unknown') {
      throw new Error(slice.message);
    }
    return slice.value;
  }

  it('can be repeated by its own query, since the weights changed', async () => {
    const request = await start([
      series('v1', '200', growing(95)),
      series('v2', '200', growing(4)),
      series('v2', '503', growing(1)),
    ]);
    const slice = await countRequests(request, {
      from: last - 16,
      stepFrom: last - 61,
    });
    if (slice.status === 'unknown') {
      throw new Error(slice.message);
    }
    // This look's slice is four scrapes; the query is of all thirteen of the step.
    expect(slice.value.shares.errorRate.canary.requests).toBe(5 * 4);
    const { samples } = await request.prometheus.query(
      slice.value.promql!.canary,
    );
    expect(
      Object.fromEntries(
        samples.map(({ labels, value }) => [labels.response_code, value]),
      ),
    ).toEqual({ 200: 4 * 13, 503: 13 });
  }, 60_000);

  it('is as whole as the counters, and nothing is extrapolated', async () => {
    const slice = await count(
      [
        series('v1', '200', growing(95)),
        series('v2', '200', growing(4)),
        series('v2', '503', growing(1)),
        series('v2', '429', growing(2)),
        // The called side's own report of the same.
        series('v2', '503', growing(1), { reporter: 'destination' }),
      ],
      61,
    );
    // The scrape of 65 s ago was the last at the beginning: 13 have come since.
    expect(slice.shares).toEqual({
      errorRate: {
        canary: { requests: 7 * 13, bad: 13 },
        stable: { requests: 95 * 13, bad: 0 },
      },
      throttled: {
        canary: { requests: 7 * 13, bad: 26 },
        stable: { requests: 95 * 13, bad: 0 },
      },
    });
    expect(slice).toMatchObject({ lost: 0, born: 0, returned: 0 });
    expect(slice.to).toBeGreaterThanOrEqual(last - SETTLE_SECONDS);
  }, 60_000);

  it('says when it was scraped last, of scrapes that have arrived alone', async () => {
    // Scraped each 5 s, also while this is asked.
    const request = await start(
      [series('v1', '200', growing(95)), series('v2', '200', growing(4))],
      'istio_requests_total',
      -60,
    );
    for (const settleSeconds of [3, 8]) {
      const slice = await countRequests(
        { ...request, settleSeconds },
        { from: last - 120 },
      );
      const { to, newest } = slice.status === 'known' ? slice.value : {};
      expect((last - newest!) % 5).toBe(0);
      expect(to! - newest!).toBeGreaterThanOrEqual(0);
      expect(to! - newest!).toBeLessThan(5);
    }
  }, 60_000);

  it('counts nothing where two sides report and no label names the callers', async () => {
    const nameless = (each: ReturnType<typeof series>) => ({
      ...each,
      labels: each.labels.replace(/,source_workload="[^"]*"/, ''),
    });
    const request = await start(
      [
        series('v1', '200', growing(10)),
        series('v2', '200', growing(1)),
        series('v2', '200', growing(1), { reporter: 'destination' }),
        series('v2', '503', growing(3), { reporter: 'destination' }),
      ].map(nameless),
    );
    expect(await countRequests(request, { from: last - 61 })).toMatchObject({
      status: 'unknown',
      reason: 'no-such-label',
      message: expect.stringContaining('lack the label source_workload:'),
    });
  }, 60_000);

  it('says what the callers of each cluster contribute', async () => {
    const slice = await count(
      [
        series('v1', '200', growing(10)),
        series('v2', '200', growing(1), {
          source_cluster: 'east',
          destination_cluster: 'east',
        }),
        series('v2', '200', growing(1), {
          reporter: 'destination',
          source_cluster: 'east',
          destination_cluster: 'east',
        }),
        series('v2', '503', growing(3), {
          reporter: 'destination',
          source_cluster: 'west',
          destination_cluster: 'east',
        }),
      ],
      61,
    );
    expect(slice.shares.errorRate.canary).toEqual({
      requests: 4 * 13,
      bad: 3 * 13,
    });
    expect(slice.byCluster).toEqual([
      { cluster: 'east', requests: 13, failures: 0 },
      { cluster: 'west', requests: 3 * 13, failures: 3 * 13 },
    ]);
  }, 60_000);

  it('counts a new kind of failure whole, and a counter that fell from nothing', async () => {
    const slice = await count(
      [
        series('v1', '200', growing(10)),
        series('v2', '200', ago => (ago > 20 ? 5000 : (20 - ago) / SCRAPE)),
        series('v2', '500', ago => (ago > 10 ? undefined : 3)),
        series('unknown', '503', ago => (ago > 10 ? undefined : 2)),
      ],
      60,
    );
    expect(slice.shares.errorRate.canary).toEqual({ requests: 7, bad: 3 });
    expect(slice).toMatchObject({ lost: 2, born: 5, returned: 0 });
  }, 60_000);

  it('names series that were missing, and does not take their past for news', async () => {
    const slice = await count(
      [
        series('v1', '200', growing(10)),
        series('v2', '200', ago => (ago > 400 || ago < 30 ? 700 : undefined)),
      ],
      60,
    );
    expect(slice.shares.errorRate.canary).toEqual({ requests: 0, bad: 0 });
    expect(slice).toMatchObject({ born: 0, returned: 1 });
  }, 60_000);

  it('sees that a second Prometheus has come', async () => {
    const slice = await count(
      [
        series('v1', '200', growing(10)),
        series('v1', '200', ago => (ago < 30 ? growing(10)(ago) : undefined), {
          replica: 'b',
        }),
      ],
      60,
    );
    expect(slice.born).toBeGreaterThan(2000);
  }, 60_000);

  it.each([
    [3, 1],
    [40, 0],
  ])(
    'waits %d s for samples that are 30 s under way, and misses those of slices that were over before: %d',
    async (settleSeconds, missed) => {
      running = await startNativePrometheus();
      const { url } = running;
      const request = { ...requestTo(running), settleSeconds };
      const now = Date.now();
      /** Sends what was scraped between two moments, in seconds from now. */
      const send = async (from: number, to: number) => {
        for (const version of ['v1', 'v2']) {
          await remoteWrite(
            url,
            Array.from({ length: (to - from) / SCRAPE }, (_, index) => ({
              labels: {
                __name__: 'istio_requests_total',
                ...series(version, '200', growing(1)).names,
              },
              atMs: now + (from + index * SCRAPE) * 1000,
              value: 1000 + from / SCRAPE + index,
            })),
          );
        }
      };
      await send(-600, -30);
      const first = await countRequests(request, { from: now / 1000 - 300 });
      await send(-30, 0);
      if (first.status === 'unknown') {
        throw new Error(first.message);
      }
      const second = await countRequests(request, { from: first.value.to });
      if (second.status === 'unknown') {
        throw new Error(second.message);
      }
      const canary = [first, second].map(
        ({ value }) => value.shares.errorRate.canary.requests,
      );
      const until = second.value.to - now / 1000;
      const scrapes = 60 + Math.floor(Math.min(until, -SCRAPE) / SCRAPE);
      const all = canary[0] + canary[1];
      expect(all < scrapes - 1 ? 1 : 0).toBe(missed);
    },
    60_000,
  );

  it('knows the stable version before the start: its clumps, its rate, and what is slow', async () => {
    const request = await start([
      series('v1', '200', growing(10)),
      // Twenty at a time, every minute or so.
      series('v1', '503', ago => 20 * Math.floor((SINCE - ago) / 60)),
    ]);
    const before = await countBefore(request, 20);
    if (before.status === 'unknown') {
      throw new Error(before.message);
    }
    const { slices, usual, until, slowAboveMs } = before.value;
    expect(until).toBeGreaterThanOrEqual(last - SETTLE_SECONDS);
    expect(usual.requests / usual.seconds).toBeCloseTo(2.33, 0);
    const bad = slices.errorRate.map(each => each.bad);
    expect(Math.max(...bad)).toBeGreaterThan(15);
    expect(bad.filter(each => each === 0).length).toBeGreaterThan(10);
    expect(slices.throttled.every(each => each.bad === 0)).toBe(true);
    expect(slowAboveMs).toBeUndefined();
  }, 60_000);

  it('counts what is slower in native histograms, as whole as they were counted', async () => {
    running = await startNativePrometheus();
    const { url } = running;
    const request = requestTo(running);
    const now = Date.now();
    /** So many requests in each scrape, in buckets up to 512, 1024 and 2048 ms. */
    const send = async (
      version: string,
      perScrape: readonly number[],
      reporter = 'source',
    ) => {
      const { names } = series(version, '200', () => 0, { reporter });
      const all = perScrape.reduce((total, one) => total + one, 0);
      for (let ago = SINCE; ago >= 0; ago -= SCRAPE) {
        const scrapes = (SINCE - ago) / SCRAPE;
        const atMs = now - ago * 1000;
        await remoteWrite(url, [
          {
            labels: { __name__: DURATIONS, ...names },
            atMs,
            buckets: perScrape.map(one => one * scrapes),
            firstBucket: 9,
            sum: 1,
          },
          {
            labels: { __name__: 'istio_requests_total', ...names },
            atMs,
            value: all * scrapes,
          },
        ]);
      }
    };
    await send('v1', [60, 40, 0]);
    await send('v1', [60, 40, 0], 'destination');
    await send('v2', [1, 5, 4]);
    const before = await countBefore(request, 20);
    expect(before).toMatchObject({
      status: 'known',
      value: { slowAboveMs: 1024, slowIsNative: true },
    });
    const { canary: measured } = await gatherEvidence(request, 60);
    expect(measured.p99Ms).toMatchObject({
      status: 'known',
      value: expect.closeTo(2022, -1),
    });
    const slice = await countRequests(request, {
      from: now / 1000 - 61,
      slowAboveMs: 1024,
      slowIsNative: true,
    });
    if (slice.status === 'unknown') {
      throw new Error(slice.message);
    }
    const { canary, stable } = slice.value.shares.slow!;
    const scrapes = stable.requests / 100;
    expect(Number.isInteger(scrapes)).toBe(true);
    expect(scrapes).toBeGreaterThanOrEqual(11);
    expect(stable.bad).toBe(0);
    expect(canary).toEqual({ requests: 10 * scrapes, bad: 4 * scrapes });
  }, 60_000);

  it.each([
    ['another bound', ['1000', '+Inf']],
    ['no histogram', []],
  ])(
    'says nothing of slowness where the canary’s proxies have %s',
    async (_, bounds) => {
      const all = (version: string, some: string[], reporter = 'source') => [
        {
          series: `istio_requests_total{${series(version, '200', growing(10), { reporter }).labels}}`,
          sample: growing(10),
        },
        ...some.map(le => ({
          series: `${DURATIONS}_bucket{${series(version, '200', growing(10), { reporter, le }).labels}}`,
          sample: growing(10),
        })),
      ];
      last = Math.floor(Date.now() / 1000) - SETTLE_SECONDS;
      running = await startPrometheus(
        scraped(
          [
            ...all('v1', ['1000', '2500', '+Inf']),
            ...all('v2', bounds),
            // The other side's report of the same requests, which does not count.
            ...all('v2', ['1000', '2500', '+Inf'], 'destination'),
          ],
          last,
        ),
      );
      const slice = await countRequests(requestTo(running), {
        from: last - 60,
        slowAboveMs: 2500,
      });
      if (slice.status === 'unknown') {
        throw new Error(slice.message);
      }
      const { errorRate, slow } = slice.value.shares;
      expect(errorRate.canary.requests).toBeGreaterThan(0);
      expect(errorRate.canary.bad).toBe(0);
      expect(slow).toBeUndefined();
    },
    60_000,
  );

  it('counts what is slower than the bucket of the stable version’s p99', async () => {
    const bucket = (version: string, bound: string, perScrape: number) =>
      series(version, '', growing(perScrape), { le: bound });
    const request = await start(
      [
        bucket('v1', '1000.0', 90),
        bucket('v1', '2500.0', 100),
        bucket('v1', '+Inf', 100),
        bucket('v2', '1000.0', 1),
        bucket('v2', '2500.0', 4),
        bucket('v2', '+Inf', 10),
      ],
      'istio_request_duration_milliseconds_bucket',
    );
    const before = await countBefore(request, 20);
    expect(before).toMatchObject({
      status: 'known',
      value: { slowAboveMs: 2500 },
    });
  }, 60_000);
});
