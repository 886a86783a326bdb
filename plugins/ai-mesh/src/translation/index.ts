export * from './aiMeshTranslationRef';
export { catalogueOf } from './catalogueOnCall';
export { languageOf } from './languages';
export * from './useAiMeshTranslation';
