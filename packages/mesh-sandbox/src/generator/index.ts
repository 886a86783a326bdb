export * from './generateWorld';
export * from './writeWorld';
