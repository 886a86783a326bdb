export type { AuditedWay } from './audited';
export { CanaryDesk, type CanaryDeskOptions } from './CanaryDesk';
export { canaryOperations } from './canaryOperations';
export { canaryRouter } from './canaryRouter';
export {
  callerOf,
  CanaryAccess,
  decisionOf,
  type CallerCredentials,
  type CanaryAccessOptions,
} from './CanaryAccess';
export { VeiledCanaryDesk } from './VeiledCanaryDesk';
