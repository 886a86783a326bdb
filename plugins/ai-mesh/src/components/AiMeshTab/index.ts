export * from './AiMeshTab';
