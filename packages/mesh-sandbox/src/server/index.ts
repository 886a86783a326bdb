export * from './startMeshSandbox';
