export { act } from './act';
export { ActionRefused } from './ActionRefused';
export { actionsIn } from './actionsIn';
export {
  ENGINE,
  type CanaryProgress,
  type CanaryRecord,
  type Intent,
  type Move,
  type Outcome,
} from './CanaryRecord';
export {
  clustersBefore,
  decideInGroup,
  isActive,
  leaveInGroup,
  stopInGroup,
  turnBack,
  type GroupDecision,
} from './group';
export { hold, look, sinceLastLook, type Look } from './look';
export { nextOf } from './next';
export { firstMove, moveAfter, weightOf } from './steps';
export { disowned, isStillOwned } from './standing';
export { expire, failStart, start } from './start';
export { because, then, transition, unrecorded } from './transition';
export {
  restored,
  writeFailed,
  wrote,
  type WriteFailure,
  type Written,
} from './written';
export {
  calledWebhook,
  closeCalls,
  heldByWebhook,
  openCall,
  stoppedByWebhook,
  type WebhookEvent,
  type WebhookMemory,
} from './webhooks';
