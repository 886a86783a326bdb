import { aiMeshChecks } from '@ai-mesh/plugin-tech-insights-backend-module-ai-mesh';
import { JsonRulesEngineFactCheckerFactory } from '@backstage-community/plugin-tech-insights-backend-module-jsonfc';
import { techInsightsFactCheckerFactoryExtensionPoint } from '@backstage-community/plugin-tech-insights-node';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';

/** The checks of Tech Insights in the demo: AI Mesh's ready-made ones. */
export const aiMeshChecksModule = createBackendModule({
  pluginId: 'tech-insights',
  moduleId: 'ai-mesh-checks',
  register(env) {
    env.registerInit({
      deps: {
        checkers: techInsightsFactCheckerFactoryExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ checkers, logger }) {
        checkers.setFactCheckerFactory(
          new JsonRulesEngineFactCheckerFactory({
            logger,
            checks: [...aiMeshChecks],
          }),
        );
      },
    });
  },
});
