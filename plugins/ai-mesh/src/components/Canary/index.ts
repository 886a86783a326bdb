export * from './CanariesScreen';
export * from './CanaryScreen';
export * from './request/RequestScreen';
