export * from './EntityView';
export * from './ReadableEntities';
export { RecentAnswers } from './RecentAnswers';
export { RecentSight } from './RecentSight';
export { AskerLimits } from './limits/AskerLimits';
export { limitRequests } from './limits/limitRequests';
export { parseEntityRefText } from './canaries/parseEntityRefText';
export { readEntityView, type ReadOptions } from './readEntityView';
export { concealing } from './concealing';
export { veilNeighbours } from './veilNeighbours';
export * from './createRouter';
export { unusableSettings } from './unusableSettings';
export * from './views';
export {
  canaryOperations,
  canaryRouter,
  CanaryDesk,
  VeiledCanaryDesk,
  type AuditedWay,
  type CallerCredentials,
  type CanaryDeskOptions,
} from './canaries';
export * from './facts';
export * from './fixes';
export * from './fleet';
export * from './ownership';
