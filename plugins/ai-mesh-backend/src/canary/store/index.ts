export {
  IdempotencyKeyReused,
  RouteBusy,
  StaleCanary,
  type CanaryFilter,
  type CanarySave,
  type CanaryStore,
  type Lease,
  type StoredCanary,
} from './CanaryStore';
export { DatabaseCanaryStore } from './DatabaseCanaryStore';
export { routeKey } from './routeKey';
