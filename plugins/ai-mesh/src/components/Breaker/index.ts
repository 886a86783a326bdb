export * from './BreakerStateView';
