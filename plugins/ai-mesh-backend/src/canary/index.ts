export {
  announceToAll,
  CanarySignal,
  EventAnnouncer,
  PeopleAnnouncer,
} from './announce';
export type { CanaryRecord } from './machine';
export { RunningCanaries, type CanaryNumbers } from './RunningCanaries';
export {
  CanaryService,
  canaryPresets,
  withDefaults,
  type CanaryCaller,
} from './service';
export {
  canariesOn,
  readSplit,
  sameWeights,
  SplitRefusal,
  type SplitSelector,
} from './split';
export { serviceKey, type CanarySubject, type SubjectFilter } from './store';
