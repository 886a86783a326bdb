export * from './FactText';
export * from './factDefinitions';
export * from './flatFacts';
export * from './checkTexts';
export * from './checkRules';
export { checkTextsEn } from './texts/checksEn';
export { factTextsEn } from './texts/en';
