import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { registerAction, type ActionTools } from './AssistantAction';
import {
  pauseCanaryAction,
  rollBackCanaryAction,
} from './canaryControlActions';
import { canaryOptionsAction } from './canaryOptionsAction';
import { canaryStatusAction } from './canaryStatusAction';
import { explainVerdictAction } from './explainVerdictAction';
import { factsAction } from './factsAction';
import { findingsAction } from './findingsAction';
import { mayCallAction } from './mayCallAction';
import { overviewAction } from './overviewAction';
import { requestCanaryAction } from './requestCanaryAction';
import { sloStatusAction } from './sloStatusAction';
import { whereDoesItHurtAction } from './whereDoesItHurtAction';

/**
 * Registers what assistants and other programs can do, in Backstage's actions registry. Nobody can approve there: that
 * stays with a person in the portal.
 */
export function registerActions(
  registry: ActionsRegistryService,
  tools: ActionTools,
): void {
  registerAction(registry, tools, overviewAction);
  registerAction(registry, tools, whereDoesItHurtAction);
  registerAction(registry, tools, findingsAction);
  registerAction(registry, tools, mayCallAction);
  registerAction(registry, tools, sloStatusAction);
  registerAction(registry, tools, factsAction);
  registerAction(registry, tools, canaryOptionsAction);
  registerAction(registry, tools, canaryStatusAction);
  registerAction(registry, tools, explainVerdictAction);
  registerAction(registry, tools, requestCanaryAction);
  registerAction(registry, tools, pauseCanaryAction);
  registerAction(registry, tools, rollBackCanaryAction);
}
