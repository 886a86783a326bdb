export { MeshEntities } from './MeshEntities';
export { RunningFacts } from './RunningFacts';
export { factTimings } from './FactTimings';
export { ChangedPlaces } from './refresh/ChangedPlaces';
export { gatherFacts } from './refresh/gatherFacts';
export { JoinedTargets } from './refresh/JoinedTargets';
export { modelsInUse } from './read/modelsInUse';
export type { FactsService } from './read/FactsService';
export { scorecardRules } from './checks/scorecardRules';
