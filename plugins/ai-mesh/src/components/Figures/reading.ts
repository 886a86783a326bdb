import {
  inLanguage,
  type Measured,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import { catalogueOf, type Translate } from '../../translation';

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
  const said = inWords(measured.words, t) ?? measured.message;
  return inARow([reason, said], t);
}

/** What the reader's language puts between two sentences: Chinese nothing. */
export function between(t: Translate): string {
  return catalogueOf(t.language)?.sentences.between ?? ' ';
}

/** CJK punctuation, and full-width forms. */
const HAS_ROOM = /[\u3000-\u303f\uff00-\uffef]$/;

/** What stands behind a text: a blank, unless its last sign brings room of its own. */
export function behind(text: string): string {
  return HAS_ROOM.test(text) ? '' : ' ';
}

/** Sentences one after the other, as the reader's language puts them. */
export function inARow(
  sentences: readonly (string | false | undefined)[],
  t: Translate,
): string {
  return sentences.filter(Boolean).join(between(t));
}

/** What the backend says as plain text, in the reader's language where there are words for it. */
export function textSaid({ message, words }: Sentences, t: Translate): string {
  return inWords(words, t) ?? message;
}

/** Undefined where the message says it: in English, and in a language without words for all of it. */
function inWords(words: Sentences['words'] = [], t: Translate) {
  const catalogue = catalogueOf(t.language);
  return catalogue && words.length > 0
    ? inLanguage(words, catalogue.sentences)
    : undefined;
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
