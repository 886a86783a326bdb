export * from './DocumentationLink';
export * from './HelpButton';
export * from './SkipLink';
export * from './Tour';
