export * from './createJaeger';
export * from './TraceStore';
