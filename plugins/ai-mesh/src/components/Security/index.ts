export * from './SecurityScreen';
