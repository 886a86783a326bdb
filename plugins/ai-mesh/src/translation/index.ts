export * from './aiMeshTranslationRef';
export { catalogueOf } from './catalogueOnCall';
export * from './useAiMeshTranslation';
