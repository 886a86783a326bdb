export { CanarySignal, PeopleAnnouncer } from './announce';
export { RunningCanaries } from './RunningCanaries';
export { CanaryService, withDefaults, type CanaryCaller } from './service';
