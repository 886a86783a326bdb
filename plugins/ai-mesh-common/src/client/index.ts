export * from './AiMeshClient';
