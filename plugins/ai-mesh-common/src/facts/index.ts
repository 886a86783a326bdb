export * from './FactText';
export * from './factDefinitions';
export * from './factTexts';
export * from './flatFacts';
export * from './checkTexts';
export * from './checkRules';
