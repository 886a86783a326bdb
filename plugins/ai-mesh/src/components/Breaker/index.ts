export * from './BreakerStateView';
export * from './ApplicationBreakersView';
