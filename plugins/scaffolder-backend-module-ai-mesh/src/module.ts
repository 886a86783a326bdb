import { aiMeshServiceRef } from '@ai-mesh/plugin-ai-mesh-node';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { checkReviewAction } from './actions/checkReviewAction';
import { followFixesAction } from './actions/followFixesAction';
import { requestCanaryAction } from './actions/requestCanaryAction';
import { waitForCanaryAction } from './actions/waitForCanaryAction';
import { FIX_ACTIONS, writeFixesAction } from './actions/writeFixesAction';
import { writeSlosAction } from './actions/writeSlosAction';

/**
 * Adds AI Mesh's actions to the scaffolder. Each acts on behalf of whoever started the template.
 *
 * @public
 */
export const scaffolderModuleAiMesh = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'ai-mesh',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        aiMesh: aiMeshServiceRef,
      },
      async init({ actions, aiMesh }) {
        actions.addActions(
          requestCanaryAction(aiMesh),
          waitForCanaryAction(aiMesh),
          checkReviewAction(aiMesh),
          writeSlosAction(aiMesh),
          followFixesAction(aiMesh),
          ...FIX_ACTIONS.map(id => writeFixesAction(aiMesh, id)),
        );
      },
    });
  },
});
