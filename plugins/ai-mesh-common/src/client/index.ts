export * from './AiMeshClient';
export * from './AiMeshCanaryClient';
