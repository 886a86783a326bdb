export * from './aiMeshTranslationRef';
export type { Catalogue } from './Catalogue';
export { catalogueOf } from './chineseOnCall';
export * from './useAiMeshTranslation';
