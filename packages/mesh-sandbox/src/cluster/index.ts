export * from './ClusterControllers';
export { targetPortOf } from './EndpointController';
export { hasProxy } from './injectProxy';
export * from './objects';
