export * from './HttpKialiClient';
export * from './KialiClient';
export * from './KialiGraph';
