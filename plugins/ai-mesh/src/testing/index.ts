export * from './answers';
export * from './overview';
export * from './renderScreen';
export * from './routes';
export * from './topology';
export * from './traffic';
