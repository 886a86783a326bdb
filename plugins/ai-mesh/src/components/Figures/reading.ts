import {
  inLanguage,
  type Measured,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Translate } from '../../translation';

/** A measured value as a person reads it. */
export type Reading =
  | {
      status: 'known';
      /** With its unit. */
      text: string;
      /** With every digit. */
      exact: string;
      /** What one must know to judge it. */
      note?: string;
      /** For sorting. */
      value: number;
    }
  | { status: 'unknown'; why: string };

/** Why a value is absent, in a sentence; what the backend adds to it comes after, in the reader's language where there are words for it. */
export function whyUnknown(
  measured: Extract<Measured<unknown>, { status: 'unknown' }>,
  t: Translate,
): string {
  const reason = t(`unknown.${measured.reason}`);
  const { message, words = [] } = measured;
  const said = words.length > 0 && inLanguage(words, t('words.language'));
  return said || message ? `${reason} ${said || message}` : reason;
}

/** What the backend says as plain text, in the reader's language where there are words for it. */
export function textSaid(
  { message, words = [] }: Sentences,
  t: Translate,
): string {
  return (
    (words.length > 0 && inLanguage(words, t('words.language'))) || message
  );
}

/** Reads a measured value; an unknown one keeps its reason and never becomes a number. */
export function read<T>(
  measured: Measured<T>,
  t: Translate,
  known: (value: T) => Omit<Extract<Reading, { status: 'known' }>, 'status'>,
): Reading {
  return measured.status === 'known'
    ? { status: 'known', ...known(measured.value) }
    : { status: 'unknown', why: whyUnknown(measured, t) };
}

/** A reading as plain text, for names and lists. */
export function textOf(reading: Reading, t: Translate): string {
  return reading.status === 'known' ? reading.text : t('unknown.name');
}
