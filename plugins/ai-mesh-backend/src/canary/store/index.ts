export {
  IdempotencyKeyReused,
  RouteBusy,
  StaleCanary,
  type CanaryCount,
  type CanaryFilter,
  type CanaryPosition,
  type CanarySave,
  type CanarySizes,
  type CanaryStore,
  type CanarySubject,
  type Lease,
  type StoredCanary,
  type SubjectFilter,
} from './CanaryStore';
export { DatabaseCanaryStore } from './DatabaseCanaryStore';
export { routeKey, serviceKey } from './routeKey';
