export * from './useNow';
export * from './useOverview';
export * from './usePolling';
export * from './useRoutes';
export * from './useSearchParam';
export * from './useSecurity';
export * from './useTopology';
export * from './useWindow';
