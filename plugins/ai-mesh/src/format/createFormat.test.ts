import {
  languages,
  screenTextsEn as en,
} from '@ai-mesh/plugin-ai-mesh-common/screens';
import { Settings } from 'luxon';
import type { Translate } from '../translation';
import { createFormat } from './createFormat';

/** Looks texts up as the portal's translation API does, as far as the formats need it. */
const translateWith = (texts: Record<string, string>) =>
  ((key: string, options: { count?: number; [name: string]: unknown } = {}) => {
    const plural = options.count === 1 ? 'one' : 'other';
    return (texts[key] ?? texts[`${key}_${plural}`]).replace(
      /\{\{(\w+)\}\}/g,
      (_, name) => String(options[name]),
    );
  }) as unknown as Translate;

const english = createFormat(translateWith(en), 'en');
let chinese: typeof english;
beforeAll(async () => {
  const texts = (await languages['zh-CN'].load()).default;
  chinese = createFormat(translateWith(texts), 'zh-CN');
});

describe('createFormat', () => {
  it.each([
    [0, '0 req/s'],
    [0.0004, '<0.01 req/s'],
    [0.012345, '0.0123 req/s'],
    [12.345, '12.3 req/s'],
    [1234.5, '1,235 req/s'],
  ])('%d requests per second is %s', (value, text) => {
    expect(english.rate(value)).toBe(text);
  });

  it.each([
    [0, '0%'],
    [0.0004, '<0.1%'],
    [0.0123, '1.2%'],
    [0.5, '50%'],
    [0.9996, '>99.9%'],
    [99.9 / 100, '99.9%'],
    [1, '100%'],
  ])('the ratio %d is %s: not quite all never rounds to all', (value, text) => {
    expect(english.percent(value)).toBe(text);
  });

  it.each([
    [0.5, 2, '50% of 2 requests'],
    [1, 1, '100% of 1 request'],
    [0.01, 99.4, '1% of 99 requests'],
    [0.01, 100, '1%'],
    [0.01, undefined, '1%'],
  ])('the ratio %d of %s events is %s', (ratio, count, text) => {
    expect(english.percentOf(ratio, count)).toBe(text);
  });

  it.each([
    [0, 85, '0 of 85', '0/85'],
    [1 / 3, 12, '4 of 12', '4/12'],
    [1, 12, '12 of 12', '12/12'],
    [0.001, 85, '<1 of 85', '<1/85'],
    [0.999, 12, '>11 of 12', '>11/12'],
    [0.014, 100, '1.4%', '1.4%'],
    [0.014, 0.2, '1.4%', '1.4%'],
    [0.014, undefined, '1.4%', '1.4%'],
  ])(
    'the ratio %d of %s events is %s on a label, or %s',
    (ratio, count, here, there) => {
      expect(english.shareShort(ratio, count)).toBe(here);
      expect(chinese.shareShort(ratio, count)).toBe(there);
    },
  );

  it.each([
    [0.5, '0.5 ms', '0.5ms'],
    [850, '850 ms', '850ms'],
    [2340, '2.34 sec', '2.34s'],
    [60_000, '60 sec', '60s'],
    [150_000, '2.5 min', '2.5m'],
    [10_800_000, '3 hr', '3h'],
  ])('%d ms is %s, or %s in short', (ms, long, short) => {
    expect(english.duration(ms)).toBe(long);
    expect(english.durationShort(ms)).toBe(short);
  });

  it.each([
    [0, '0 byte/s'],
    [999, '999 byte/s'],
    [42_000, '42 kB/s'],
    [1_250_000, '1.25 MB/s'],
    [3e12, '3,000 GB/s'],
  ])('%d bytes per second is %s', (value, text) => {
    expect(english.bytesPerSecond(value)).toBe(text);
  });

  it('says which bucket a percentile is from, also the last one', () => {
    expect(
      english.bucket({ valueMs: 2300, lowerBoundMs: 1000, upperBoundMs: 2500 }),
    ).toEqual({ lower: '1 sec', upper: '2.5 sec' });
    expect(
      english.bucket({
        valueMs: 3_600_000,
        lowerBoundMs: 3_600_000,
        upperBoundMs: null,
      }),
    ).toEqual({ lower: '60 min', upper: 'no upper bound' });
  });

  it.each([
    [20_000, '20 seconds ago'],
    [180_000, '3 minutes ago'],
    [-4_000, '0 seconds ago'],
  ])('what was observed %d ms ago is of %s', (elapsed, text) => {
    const at = '2026-03-02T10:00:00.000Z';
    expect(english.age(at, new Date(Date.parse(at) + elapsed))).toBe(text);
  });

  it('tells the two of an hour that comes twice apart', () => {
    Settings.defaultZone = 'Europe/Berlin';
    try {
      const clock = (at: string) => english.clock(at, true);
      const [first, second] = [
        '2026-10-25T00:30:00.000Z',
        '2026-10-25T01:30:00.000Z',
      ].map(clock);
      expect(first).toMatch(/02:30.*GMT\+2$/);
      expect(second).toMatch(/02:30.*GMT\+1$/);
      expect(clock('2026-10-25T02:30:00.000Z')).not.toMatch(/GMT/);
    } finally {
      Settings.defaultZone = 'system';
    }
  });

  it('speaks Chinese', () => {
    expect(chinese.rate(12.3)).toBe('12.3 次/秒');
    expect(chinese.duration(2340)).toBe('2.34 秒');
    expect(chinese.percentOf(0.5, 2)).toBe('50%（共 2 个请求）');
    expect(
      chinese.age(
        '2026-03-02T10:00:00.000Z',
        new Date('2026-03-02T10:03:00.000Z'),
      ),
    ).toBe('3 分钟前');
  });

  it('falls back to English numbers for a language that nobody knows', () => {
    expect(createFormat(translateWith(en), 'qqq').percent(0.5)).toBe('50%');
  });
});
