import { inEnglish } from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from './RateRow';
import { readHealth } from './readHealth';
import {
  chanceOf,
  excessPerSecond,
  onsetInWords,
  readLately,
  readOnset,
  type Lately,
} from './readLately';
import { readTraffic, unknownTraffic } from './readTraffic';
import { LATELY_METRIC, TCP_METRIC_LABEL } from './trafficExpressions';
import { tcpAndLately } from './tcpAndLately';

const WINDOW_SECONDS = 300;

function row(
  perSecond: number,
  code: string,
  more: Record<string, string> = {},
): RateRow {
  return {
    labels: { reporter: 'source', response_code: code, ...more },
    rate: perSecond,
  };
}

/** Requests of a window and of its last minute, by numbers. */
function of(
  now: { requests: number; errors?: number; throttled?: number },
  before: { requests: number; errors?: number; throttled?: number },
  more: Record<string, string> = {},
): Lately | undefined {
  const rows = (
    { requests, errors = 0, throttled = 0 }: typeof now,
    seconds: number,
  ) => [
    row((requests - errors - throttled) / seconds, '200', more),
    row(errors / seconds, '503', { response_flags: 'UO', ...more }),
    row(throttled / seconds, '429', more),
  ];
  const sum = (key: keyof typeof now) => (now[key] ?? 0) + (before[key] ?? 0);
  return readLately(
    rows(now, 60),
    rows(
      {
        requests: sum('requests'),
        errors: sum('errors'),
        throttled: sum('throttled'),
      },
      WINDOW_SECONDS,
    ),
    WINDOW_SECONDS,
  );
}

describe('readOnset', () => {
  it('tells what has begun to fail, with figures', () => {
    const lately = of(
      { requests: 240, errors: 19 },
      { requests: 960, errors: 3 },
    );
    const onset = readOnset(lately)!;
    expect(onset).toMatchObject({ of: 'errors' });
    expect(onset.ratio).toBeCloseTo(19 / 240);
    expect(onset.before).toBeCloseTo(3 / 960);
    expect(inEnglish([onsetInWords(onset)])).toBe(
      '7.9% of 240 requests failed in the last minute, 0.3% before',
    );
    expect(lately!.flags.UO).toBeCloseTo(19 / 60);
    expect(excessPerSecond(lately!, 'errors')).toBeCloseTo(
      (19 - (240 * 3) / 960) / 60,
    );
  });

  it.each([
    [
      'as much as before',
      { requests: 240, errors: 19 },
      { requests: 960, errors: 76 },
    ],
    [
      'what chance does',
      { requests: 40, errors: 2 },
      { requests: 160, errors: 0 },
    ],
    [
      'too small a share',
      { requests: 9000, errors: 200 },
      { requests: 36_000, errors: 0 },
    ],
    [
      'too few requests before',
      { requests: 40, errors: 30 },
      { requests: 20, errors: 0 },
    ],
    [
      'less than twice as much',
      { requests: 9000, errors: 400 },
      { requests: 36_000, errors: 1000 },
    ],
  ])('does not cry wolf over %s', (_, now, before) => {
    expect(readOnset(of(now, before))).toBeUndefined();
  });

  it('tells what has begun to be throttled', () => {
    expect(
      readOnset(of({ requests: 100, throttled: 30 }, { requests: 400 })),
    ).toMatchObject({ of: 'throttled', before: 0 });
  });

  it('takes what is new in it, which the window counts less of, from nothing that others failed before', () => {
    const lately = readLately(
      [row(3, '200'), row(0.1, '500'), row(0.5, '503')],
      [row(3.4, '200'), row(0.1, '500'), row(0.01, '503')],
      WINDOW_SECONDS,
    )!;
    expect(lately.now.errors).toBeCloseTo(36);
    expect(lately.before.errors).toBeCloseTo(24);
  });

  it.each([
    ['nothing was scraped twice in it', []],
    ['the labels do not tell', [row(4, '')]],
    ['no reporter is named', [{ labels: { response_code: '503' }, rate: 4 }]],
    ['Prometheus gave no number', [row(NaN, '503')]],
  ])('is not known where %s', (_, rows) => {
    const lately = readLately(rows, [row(4, '200')], WINDOW_SECONDS);
    expect(lately).toBeUndefined();
    expect(readOnset(lately)).toBeUndefined();
  });

  it('is what chance alone does seldom: each bad request is in the last minute with a fifth of a chance', () => {
    expect(
      chanceOf(of({ requests: 60, errors: 4 }, { requests: 240 })!, 'errors'),
    ).toBeCloseTo(0.2 ** 4, 5);
    expect(chanceOf(of({ requests: 60 }, { requests: 240 })!, 'errors')).toBe(
      1,
    );
  });

  it('fails a service at once, while the window as a whole is still fine', () => {
    const rows = [row(3.95, '200'), row(0.05, '503')];
    const traffic = readTraffic(
      rows,
      { status: 'known', value: [] },
      WINDOW_SECONDS,
    );
    const onset = readOnset(
      of({ requests: 240, errors: 15 }, { requests: 960 }),
    );
    expect(readHealth(traffic).status).toBe('degraded');
    expect(readHealth(traffic, undefined, undefined, onset)).toEqual({
      status: 'failing',
      message: '6.3% of 240 requests failed in the last minute, 0% before.',
      words: [expect.objectContaining({ key: 'clause' })],
    });
    expect(readHealth(unknownTraffic('not-exported')).status).toBe('unknown');
  });
});

describe('tcpAndLately', () => {
  it('takes one answer apart', () => {
    const tcp = row(1, '', { [TCP_METRIC_LABEL]: 'opened' });
    const lately = row(2, '200', { [TCP_METRIC_LABEL]: LATELY_METRIC });
    expect(tcpAndLately({ status: 'known', value: [tcp, lately] })).toEqual({
      tcp: { status: 'known', value: [tcp] },
      lately: { status: 'known', value: [lately] },
    });
  });

  it('knows neither where it was not answered', () => {
    const gone = { status: 'unknown', reason: 'source-unreachable' } as const;
    expect(tcpAndLately(gone)).toEqual({ tcp: gone, lately: gone });
  });
});
