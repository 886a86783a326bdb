export * from './fixesOperations';
export * from './fixesRouter';
