export * from './measured';
export * from './sources';
export * from './objects';
export * from './traffic';
export * from './overview';
export * from './topology';
export * from './routes';
