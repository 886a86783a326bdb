export * from './aiMeshTranslationRef';
export * from './useAiMeshTranslation';
