export * from './SourcesNotice';
export * from './SourcesTable';
