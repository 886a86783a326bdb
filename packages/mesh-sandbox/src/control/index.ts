export * from './createControl';
