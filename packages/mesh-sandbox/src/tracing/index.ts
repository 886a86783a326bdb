export * from './createJaeger';
export * from './createTempo';
export * from './TraceStore';
