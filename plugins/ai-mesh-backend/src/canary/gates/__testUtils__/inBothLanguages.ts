import {
  chinese,
  inEnglish,
  inLanguage,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';

/** Words of a sentence, where neither names nor code are written: none may be left in Chinese. */
const LATIN_SENTENCE = /\b[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/;

const LATIN_UNIT = /\d (?:s|ms|min|tokens)\b/;

/**
 * What is said without its words, once they say in English what the message says, and all of it in Chinese, too.
 */
export function inBothLanguages<T extends { message: string; words?: Words[] }>(
  spoken: T,
): Omit<T, 'words'> {
  const { words = [], ...rest } = spoken;
  expect(inEnglish(words)).toBe(rest.message);
  const inChinese = inLanguage(words, chinese);
  expect(inChinese).toMatch(/\p{Script=Han}/u);
  expect(inChinese).not.toContain('{{');
  // What others said stands between 「 and 」.
  const ownWords = inChinese?.replace(/「.*?」/gs, '');
  expect(ownWords).not.toMatch(LATIN_SENTENCE);
  expect(ownWords).not.toMatch(LATIN_UNIT);
  return rest;
}
