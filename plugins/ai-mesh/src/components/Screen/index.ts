export * from './Choice';
export * from './Screen';
