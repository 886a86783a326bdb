import type { TextKey } from './texts/en';

/** To the minute, with its zone. */
export const MOMENT = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const satisfies Intl.DateTimeFormatOptions;

/**
 * How the catalogue's sentences are said in one language.
 *
 * @public
 */
export interface Language {
  /** What titles in it go by (`languageKey`). */
  key: string;
  /** How it writes what is counted. */
  numbers: Intl.NumberFormat;
  /** How it writes a moment, in the zone of whoever reads, which it names. */
  moments: Intl.DateTimeFormat;
  texts: Readonly<Record<TextKey, string>>;
  /** Stands between two sentences. */
  between: string;
  /** Stands between the names of a list. */
  listed: string;
  /** Of spans, durations and other amounts. */
  units: Readonly<
    Record<
      'day' | 'hour' | 'minute' | 'second' | 'millisecond' | 'token',
      string
    >
  >;
}
