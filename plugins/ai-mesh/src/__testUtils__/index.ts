export * from './answers';
export * from './backend';
export * from './overview';
export * from './renderScreen';
export * from './routes';
export * from './security';
export * from './topology';
export * from './traffic';
