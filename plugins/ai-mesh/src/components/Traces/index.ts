export * from './TracesPanel';
