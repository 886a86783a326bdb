export * from './TracesService';
