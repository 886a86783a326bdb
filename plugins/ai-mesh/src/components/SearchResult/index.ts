export * from './AiMeshSearchResult';
