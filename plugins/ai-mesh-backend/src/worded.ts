import {
  inEnglish,
  wording,
  type TextKey,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { WordedError } from './WordedError';

/**
 * An error of the API that says why in words of the catalogue. Its message is the English of them; Backstage answers with
 * both, so that a screen tells it in its reader's language.
 *
 * @param Kind - such as `InputError`: the answer has its status
 */
export function worded<Refusal extends Error>(
  Kind: new (message: string) => Refusal,
  ...words: Words[]
): Refusal & { words: Words[] } {
  return Object.assign(new Kind(inEnglish(words)), { words });
}

/**
 * A sentence with other words in its places, whose own places all have different names.
 *
 * @param places - by their names: words, names and figures
 */
export function wordingWith(
  key: TextKey,
  places: Readonly<Record<string, Words | string | number>>,
): Words {
  const params: Words['params'] = {};
  const terms: Words['terms'] = {};
  for (const [name, place] of Object.entries(places)) {
    if (typeof place === 'object') {
      Object.assign(params, place.params);
      Object.assign(terms, place.terms, { [name]: place.key });
    } else {
      params[name] = place;
    }
  }
  return { key, params, terms };
}

/** What an error says, sentence by sentence: in words where it has them, else as it stands. */
export function sentencesIn(error: Error & { words?: unknown }): Words[] {
  const { words, message } = error;
  if (error instanceof WordedError) {
    return [error.words];
  }
  return Array.isArray(words) && words.length > 0 ? words : [verbatim(message)];
}

/** What an error says: in words where it has one sentence of them, else as it stands. */
export function wordsIn(error: Error): Words {
  const [first, ...others] = sentencesIn(error);
  return others.length === 0 ? first : verbatim(error.message);
}

/** The same words, where what others said in them is put otherwise. */
export function withTexts(
  words: Words,
  change: (text: string) => string,
): Words {
  const { params } = words;
  return {
    ...words,
    ...(params && {
      params: Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
          name,
          typeof value === 'string' ? change(value) : value,
        ]),
      ),
    }),
  };
}

/** What somebody else said, who speaks no language of ours. */
export function verbatim(text: string): Words {
  return wording('verbatim', { text });
}
