export { textsEn, type TextKey } from './texts/en';
export { textsZhCN } from './texts/zhCN';
export { inEnglish, inLanguage, said, wording } from './wording';
export { manyWordsSchema, wordsSchema, type Words } from './words';
