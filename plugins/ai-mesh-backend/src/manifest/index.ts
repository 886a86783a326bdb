export * from './applicable';
