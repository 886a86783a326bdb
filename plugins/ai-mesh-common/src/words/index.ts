export { canaryTextsEn, type CanaryTextKey } from './texts/en';
export { canaryTextsZhCN } from './texts/zhCN';
export { inEnglish, inLanguage, said, wording } from './wording';
export { manyWordsSchema, wordsSchema, type Words } from './words';
