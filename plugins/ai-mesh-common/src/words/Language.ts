import type { TextKey } from './texts/en';

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
