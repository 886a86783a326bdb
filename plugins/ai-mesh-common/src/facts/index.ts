export * from './FactText';
export * from './factDefinitions';
export * from './flatFacts';
export * from './checkTexts';
export * from './checkRules';
export { checkTextsEn } from './texts/checksEn';
export { checkTextsZhCN } from './texts/checksZhCN';
export { factTextsEn } from './texts/en';
export { factTextsZhCN } from './texts/zhCN';
