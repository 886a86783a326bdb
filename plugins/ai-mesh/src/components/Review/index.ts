export * from './ReviewScreen';
export * from './SeverityMark';
