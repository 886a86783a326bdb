export * from './HelpButton';
export * from './SkipLink';
export * from './Tour';
