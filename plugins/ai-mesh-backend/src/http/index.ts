export * from './EntityView';
export * from './ReadableEntities';
export { limitRequests } from './limits/limitRequests';
export { veilNeighbours } from './veilNeighbours';
export * from './createRouter';
export * from './views';
export * from './canaries';
export * from './ownership';
export type { EntityViewOptions } from './entityViewRouter';
