import type { Latency } from '@ai-mesh/plugin-ai-mesh-common';
import { DateTime } from 'luxon';
import type { Translate } from '../translation';

/** Below this many requests a percentage says how many it stands on. */
const FEW_REQUESTS = 100;

/** What a ratio may be off by, as the fraction that it was computed as. */
const ROUNDING = 1e-12;

const SPAN_UNITS: ReadonlyArray<readonly [string, number]> = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** `3秒` is how a browser writes it; beside Latin names, and in the catalogue's texts, a figure stands apart from the word. */
function apart(text: string): string {
  return text.replace(/(?<=\d)(?=\p{Script=Han})/gu, ' ');
}

/** Making one takes longer than all that it writes on a screen, and a large graph writes thousands of numbers. */
const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions) {
  const key = `${locale} ${JSON.stringify(options)}`;
  const made = numberFormats.get(key) ?? new Intl.NumberFormat(locale, options);
  numberFormats.set(key, made);
  return made;
}

const locales = new Map<string, string>();

/** English where the browser does not know the language; to ask it takes long, and each node of a graph writes numbers. */
function localeOf(language: string): string {
  const known =
    locales.get(language) ??
    Intl.NumberFormat.supportedLocalesOf([language]).at(0) ??
    'en';
  locales.set(language, known);
  return known;
}

/**
 * Turns numbers with known units into text of the reader's language. Every result carries its unit.
 *
 * @param t - looks up the units' names
 * @param language - a BCP 47 tag; one that the browser does not know falls back to English
 */
export function createFormat(t: Translate, language: string) {
  const locale = localeOf(language);

  /** Three significant digits below a thousand, whole numbers above. */
  const number = (value: number) =>
    numberFormat(
      locale,
      Math.abs(value) < 1000
        ? { maximumSignificantDigits: 3 }
        : { maximumFractionDigits: 0 },
    ).format(value);

  const measure = (
    value: number,
    unit: string,
    unitDisplay: 'short' | 'narrow' = 'short',
  ) =>
    apart(
      numberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay,
        ...(Math.abs(value) < 1000
          ? { maximumSignificantDigits: 3 }
          : { maximumFractionDigits: 0 }),
      }).format(value),
    );

  const plainPercent = (ratio: number) =>
    numberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 1,
    }).format(ratio);

  /** A ratio 0..1. What is not quite nothing or not quite all never rounds to it. */
  const percent = (ratio: number) => {
    if (ratio > 0 && ratio < 0.001 - ROUNDING) {
      return `<${plainPercent(0.001)}`;
    }
    if (ratio < 1 && ratio > 0.999 + ROUNDING) {
      return `>${plainPercent(0.999)}`;
    }
    return plainPercent(ratio);
  };

  /** A number of requests. */
  const requests = (value: number) =>
    t('unit.requests', {
      count: Math.round(value),
      value: number(Math.round(value)),
    });

  /** Every digit that there is, for a tooltip. */
  const exact = (value: number) =>
    numberFormat(locale, { maximumSignificantDigits: 15 }).format(value);
  const duration = (ms: number, display: 'short' | 'narrow' = 'short') => {
    if (ms < 1000) {
      return measure(ms, 'millisecond', display);
    }
    if (ms < 120_000) {
      return measure(ms / 1000, 'second', display);
    }
    return ms < 7_200_000
      ? measure(ms / 60_000, 'minute', display)
      : measure(ms / 3_600_000, 'hour', display);
  };

  // Where seconds have a word, Chinese would have `ms` beside it.
  const label = () =>
    /[a-z]/.test(measure(1, 'second', 'narrow')) ? 'narrow' : 'short';

  /** A ratio 0..1 with the digits that a promise of 99.95 % needs; not quite all never rounds to all. */
  const share = (ratio: number) => {
    const digits = (value: number) =>
      numberFormat(locale, {
        style: 'percent',
        maximumFractionDigits: 3,
      }).format(value);
    return ratio < 1 && ratio > 0.99999 ? `>${digits(0.99999)}` : digits(ratio);
  };

  return {
    number,
    percent,
    share,
    /** A burn rate or its factor: `14.4×`. */
    times: (value: number) => `${number(value)}×`,
    /** Seconds, from minutes up to days. */
    span: (seconds: number) =>
      seconds < 172_800
        ? duration(seconds * 1000)
        : measure(seconds / 86_400, 'day'),
    /** An amount of money, with enough digits for fractions of a cent. */
    money: (value: number, currency: string) =>
      numberFormat(locale, {
        style: 'currency',
        currency,
        ...(value !== 0 && Math.abs(value) < 1
          ? { maximumSignificantDigits: 3 }
          : {}),
      }).format(value),
    /** Tokens per second. */
    tokens: (value: number) =>
      t('unit.tokensPerSecond', {
        value: value > 0 && value < 0.01 ? `<${number(0.01)}` : number(value),
      }),
    /** A time in the reader's zone, short enough for an axis; with its offset in an hour that comes twice. */
    clock: (at: string, withDate: boolean) => {
      const time = DateTime.fromISO(at);
      return time.setLocale(locale).toLocaleString({
        ...(withDate
          ? {
              month: 'short',
              day: 'numeric',
              hour: '2-digit',
              minute: '2-digit',
            }
          : DateTime.TIME_SIMPLE),
        ...(time.getPossibleOffsets().length > 1 && { timeZoneName: 'short' }),
      });
    },
    requests,
    /** Milliseconds, in the unit that reads best. */
    duration: (ms: number) => duration(ms),
    /** The same with a unit of one letter or two, for a label. */
    durationShort: (ms: number) => duration(ms, label()),
    /** A span of time in whole units of the largest that fits twice: `7 days`, `36 hours`. */
    longSpan: (seconds: number) => {
      const [unit, size] = SPAN_UNITS.find(
        ([, length]) => seconds >= 2 * length,
      ) ?? ['second', 1];
      return apart(
        numberFormat(locale, {
          style: 'unit',
          unit,
          unitDisplay: 'long',
          maximumFractionDigits: 0,
        }).format(seconds / size),
      );
    },
    exact,
    /** Milliseconds with every digit that there is. */
    exactMs: (ms: number) => t('canary.unit.exact.ms', { value: exact(ms) }),
    /** Requests per second. */
    rate: (value: number) =>
      t('unit.requestsPerSecond', {
        value: value > 0 && value < 0.01 ? `<${number(0.01)}` : number(value),
      }),
    /** Requests and connections together, per second. */
    calls: (value: number) =>
      t('unit.callsPerSecond', {
        value: value > 0 && value < 0.01 ? `<${number(0.01)}` : number(value),
      }),
    /** Connections per second. */
    connections: (value: number) =>
      t('unit.connectionsPerSecond', { value: number(value) }),
    /** Bytes per second. */
    bytesPerSecond: (value: number) => {
      const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
      const step = Math.min(
        value < 1 ? 0 : Math.floor(Math.log10(value) / 3),
        steps.length - 1,
      );
      return measure(value / 1000 ** step, `${steps[step]}-per-second`);
    },
    /** A ratio of requests, which says how many requests those are when they are few. */
    percentOf: (ratio: number, count: number | undefined) =>
      count === undefined || Math.round(count) >= FEW_REQUESTS
        ? percent(ratio)
        : t('unit.percentOf', {
            percent: percent(ratio),
            total: requests(count),
          }),
    /** The same for a label: of few requests how many. Not quite nothing and not quite all never round to it. */
    shareShort: (ratio: number, count: number | undefined) => {
      const total = count === undefined ? 0 : Math.round(count);
      if (total === 0 || total >= FEW_REQUESTS) {
        return percent(ratio);
      }
      const nearest = Math.round(ratio * total);
      let part = `${nearest}`;
      if (ratio > 0 && nearest === 0) {
        part = '<1';
      } else if (ratio < 1 && nearest === total) {
        part = `>${total - 1}`;
      }
      return t('unit.partOf', { part, total: `${total}` });
    },
    /** The bounds of the bucket that a percentile was interpolated in. */
    bucket: (latency: Latency) => ({
      lower: duration(latency.lowerBoundMs),
      upper:
        latency.upperBoundMs === null
          ? t('unit.noUpperBound')
          : duration(latency.upperBoundMs),
    }),
    /** `20 seconds ago`, from an ISO 8601 time and the present. */
    age: (at: string, now: Date) => {
      const then = DateTime.fromISO(at);
      // The clock of whoever observed it may be ahead of the reader's; nothing is observed in the future.
      const base = DateTime.max(
        then.plus({ milliseconds: 1 }),
        DateTime.fromJSDate(now),
      );
      return apart(then.toRelative({ base, locale }) ?? at);
    },
    /** `in 20 hours`, or `20 hours ago` for a time that has passed. */
    when: (at: string, now: Date) =>
      apart(
        DateTime.fromISO(at).toRelative({
          base: DateTime.fromJSDate(now),
          locale,
        }) ?? at,
      ),
    /** The exact time in the reader's zone. */
    time: (at: string) =>
      DateTime.fromISO(at)
        .setLocale(locale)
        .toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS),
    /** The time of the day in the reader's zone, to the second, for an axis of minutes. */
    clockSeconds: (atMs: number) =>
      DateTime.fromMillis(atMs)
        .setLocale(locale)
        .toLocaleString(DateTime.TIME_WITH_SECONDS),
  };
}

/** Formats of the reader's language. */
export type Format = ReturnType<typeof createFormat>;
