export { textsEn, type TextKey } from './texts/en';
export { textsZhCN } from './texts/zhCN';
export {
  allSaid,
  inEnglish,
  inLanguage,
  said,
  wording,
  wordsOf,
} from './wording';
export {
  manyWordsSchema,
  wordsSchema,
  type WordsSchema,
  type Sentences,
  type Words,
} from './words';
