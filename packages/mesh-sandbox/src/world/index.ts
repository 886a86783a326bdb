export * from './Behaviour';
export * from './parseBehaviour';
export * from './readWorld';
export type { World } from './World';
