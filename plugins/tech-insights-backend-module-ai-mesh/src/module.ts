import { aiMeshServiceRef } from '@ai-mesh/plugin-ai-mesh-node';
import { techInsightsFactRetrieversExtensionPoint } from '@backstage-community/plugin-tech-insights-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { aiMeshFactRetrievers } from './aiMeshFactRetrievers';

/**
 * Adds AI Mesh's fact retrievers to Tech Insights. Each runs where `techInsights.factRetrievers` says how often.
 *
 * @public
 */
export const techInsightsModuleAiMesh = createBackendModule({
  pluginId: 'tech-insights',
  moduleId: 'ai-mesh',
  register(env) {
    env.registerInit({
      deps: {
        aiMesh: aiMeshServiceRef,
        auth: coreServices.auth,
        retrievers: techInsightsFactRetrieversExtensionPoint,
      },
      async init({ aiMesh, auth, retrievers }) {
        retrievers.addFactRetrievers(aiMeshFactRetrievers({ aiMesh, auth }));
      },
    });
  },
});
