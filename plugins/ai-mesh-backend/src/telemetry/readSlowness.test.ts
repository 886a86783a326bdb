import {
  inEnglish,
  known,
  unknown,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import { bucketRows, requestRow } from '../topology/__testUtils__/meshRows';
import { readSlowness, readUsual, slownessInWords } from './readSlowness';
import { unknownTraffic } from './readTraffic';

const latency = (valueMs: number, lowerBoundMs: number, upperBoundMs: number) =>
  known({ valueMs, lowerBoundMs, upperBoundMs });

function traffic(p95: Traffic['p95'], more: Partial<Traffic> = {}): Traffic {
  return {
    ...unknownTraffic('not-exported'),
    requestCount: known(300),
    p95,
    ...more,
  };
}

const usual = (p95: Traffic['p95'], requests = 3600) => ({
  p50: unknown('not-exported'),
  p95,
  requests,
});

const fine = latency(4500, 2500, 5000);
const bad = latency(27_000, 10_000, 30_000);

describe('readSlowness', () => {
  it('says by how much, and than when', () => {
    const slowness = readSlowness(traffic(bad), {
      'hour-before': usual(fine),
    });
    expect(slowness).toEqual({
      percentile: 'p95',
      valueMs: 27_000,
      usualMs: 4500,
      than: 'hour-before',
    });
    expect(inEnglish([slownessInWords(slowness!)])).toBe(
      'it takes 27 s (p95), 6 times the 4.5 s in the hour before',
    );
  });

  it.each<[string, Parameters<typeof readSlowness>, string | undefined]>([
    ['as ever', [traffic(fine), { 'hour-before': usual(fine) }], undefined],
    ['nothing to compare with', [traffic(bad), {}], undefined],
    [
      'too few requests now',
      [
        traffic(bad, { requestCount: known(29) }),
        { 'hour-before': usual(fine) },
      ],
      undefined,
    ],
    [
      'too few requests then',
      [traffic(bad), { 'hour-before': usual(fine, 29) }],
      undefined,
    ],
    [
      'too few requests a day earlier, enough an hour earlier',
      [
        traffic(bad),
        { 'day-before': usual(bad, 3), 'hour-before': usual(fine) },
      ],
      'hour-before',
    ],
    [
      'always slow at this hour',
      [traffic(bad), { 'day-before': usual(bad), 'hour-before': usual(fine) }],
      undefined,
    ],
    [
      'slow for hours',
      [traffic(bad), { 'day-before': usual(fine), 'hour-before': usual(bad) }],
      'day-before',
    ],
    [
      'three times as long, but hardly anybody notices',
      [
        traffic(latency(90, 50, 100)),
        { 'hour-before': usual(latency(3, 1, 5)) },
      ],
      undefined,
    ],
    [
      'moved over a bound of the histogram, and nothing more',
      [
        traffic(latency(29_000, 10_000, 30_000)),
        { 'hour-before': usual(latency(9_750, 5_000, 10_000)) },
      ],
      undefined,
    ],
    [
      'no percentile now',
      [traffic(unknown('not-exported')), { 'hour-before': usual(fine) }],
      undefined,
    ],
  ])('%s', (_, of, than) => {
    expect(readSlowness(...of)?.than).toBe(than);
  });
});

describe('readUsual', () => {
  const rows = (than: string, upToMs: number) =>
    bucketRows(
      requestRow('source', { from: 'chat', to: 'llm', rate: 10 }),
      upToMs,
    ).map(({ labels, rate }) => ({ labels: { ...labels, usual: than }, rate }));

  it('tells the times apart, and leaves out one without requests', () => {
    const found = readUsual(
      [...rows('hour-before', 1000), ...rows('of something else', 60_000)],
      300,
    );
    expect(Object.keys(found)).toEqual(['hour-before']);
    expect(found['hour-before']).toMatchObject({
      requests: 36_000,
      p95: known({ valueMs: 955, lowerBoundMs: 100, upperBoundMs: 1000 }),
    });
  });
});
