import { english } from './english';
import { fill } from './inLanguage';
import type { TextKey } from './texts/en';
import type { Sentences, Words } from './words';

/**
 * A sentence of the catalogue.
 *
 * @public
 */
export function wording(
  key: TextKey,
  params?: Words['params'],
  terms?: Readonly<Record<string, TextKey>>,
): Words {
  return { key, ...(params && { params }), ...(terms && { terms }) };
}

/**
 * Sentences as an API gives them: in English, and as words for other languages.
 *
 * @public
 */
export function said(...words: readonly Words[]): {
  message: string;
  words: Words[];
} {
  return { message: inEnglish(words), words: [...words] };
}

/**
 * Sentences as words: what the catalogue does not have is somebody else's, word for word; none of nothing.
 *
 * @public
 */
export function wordsOf({
  message,
  words,
}: {
  message?: string;
  words?: readonly Words[];
}): Words[] {
  if (words) {
    return [...words];
  }
  return message ? [wording('verbatim', { text: message })] : [];
}

/**
 * What several say, one after another and each once; undefined where nobody says anything.
 *
 * @public
 */
export function allSaid(
  ...all: readonly (
    { message?: string; words?: readonly Words[] } | undefined
  )[]
): Sentences | undefined {
  const distinct = new Map(
    all.flatMap(one => (one?.message ? [[one.message, one] as const] : [])),
  );
  if (distinct.size === 0) {
    return undefined;
  }
  const words = [...distinct.values()].flatMap(wordsOf);
  return {
    message: inEnglish(words),
    // What is somebody else's alone needs no words.
    ...(words.some(({ key }) => key !== 'verbatim') && { words }),
  };
}

/**
 * Sentences in English.
 *
 * @public
 */
export function inEnglish(words: readonly Words[]): string {
  return words.map(one => fill(one, english) ?? '').join(' ');
}
