export type { CallerCredentials } from './CanaryAccess';
export type { AuditedWay } from './audited';
export { CanaryDesk } from './CanaryDesk';
export { canaryOperations } from './canaryOperations';
export { canaryRouter } from './canaryRouter';
