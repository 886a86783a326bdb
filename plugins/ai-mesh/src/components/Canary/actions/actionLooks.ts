import type { CanaryActionName } from '@ai-mesh/plugin-ai-mesh-common';

/** How an action is offered. */
export interface ActionLook {
  /** It takes something back; it is drawn so that it is found at once. */
  danger?: boolean;
  /** Nothing can be lost by it: it is done at one click, without a question. */
  atOnce?: boolean;
  /** The people who read the history have to know why. */
  needsReason?: boolean;
}

/** Every action, in the order in which they are offered. */
export const actionLooks: Record<CanaryActionName, ActionLook> = {
  approve: {},
  confirmStep: {},
  adoptDrift: {},
  restoreDrift: {},
  resume: { atOnce: true },
  pause: { atOnce: true },
  advance: {},
  cleanUp: {},
  undoCleanUp: {},
  reject: { needsReason: true },
  cancel: {},
  rollBack: { danger: true, needsReason: true },
};
