export * from './AiMeshApi';
export * from './AiMeshClient';
export * from './AiMeshCanaryClient';
export * from './refusalOf';
