export * from './Terms';
