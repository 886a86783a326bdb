export * from './SlosScreen';
