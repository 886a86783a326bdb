export * from './classifyAnswer';
export * from './classifyError';
export * from './FailureState';
export * from './OutcomeState';
export * from './RefreshFailure';
