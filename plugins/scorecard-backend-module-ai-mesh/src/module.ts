import { aiMeshServiceRef } from '@ai-mesh/plugin-ai-mesh-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scorecardMetricsExtensionPoint } from '@red-hat-developer-hub/backstage-plugin-scorecard-node';
import { checkMetricProviders } from './checkMetricProviders';

/**
 * Adds a metric for each of AI Mesh's ready-made checks.
 *
 * @public
 */
export const scorecardModuleAiMesh = createBackendModule({
  pluginId: 'scorecard',
  moduleId: 'ai-mesh',
  register(env) {
    env.registerInit({
      deps: {
        aiMesh: aiMeshServiceRef,
        auth: coreServices.auth,
        metrics: scorecardMetricsExtensionPoint,
      },
      async init({ aiMesh, auth, metrics }) {
        metrics.addMetricProvider(...checkMetricProviders({ aiMesh, auth }));
      },
    });
  },
});
