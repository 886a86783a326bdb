export { textsEn, type TextKey } from './texts/en';
export { english } from './english';
export { inLanguage, paramIn } from './inLanguage';
export type { Language } from './Language';
export { withNamesIn } from './withNamesIn';
export { allSaid, inEnglish, said, wording, wordsOf } from './wording';
export {
  manyWordsSchema,
  wordsSchema,
  type WordsSchema,
  type Sentences,
  type Words,
} from './words';
