export type { CanaryCluster, CanaryClusters } from './CanaryCluster';
export { CanaryEngine, type EngineTimings } from './CanaryEngine';
export type { CanaryAnnouncer, EngineTools } from './EngineTools';
