export * from './EntityAiMeshCard';
