export * from './classifyAnswer';
export * from './classifyError';
export * from './SaidBy';
export * from './FailureState';
export * from './Message';
export * from './OutcomeState';
export * from './RefreshFailure';
export * from './shownOnCall';
