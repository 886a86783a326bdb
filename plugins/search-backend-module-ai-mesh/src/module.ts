import { aiMeshServiceRef } from '@ai-mesh/plugin-ai-mesh-node';
import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { AiMeshCollatorFactory } from './AiMeshCollatorFactory';

const UNLESS_SET = {
  frequency: { minutes: 10 },
  timeout: { minutes: 5 },
  // Facts take a while after a start.
  initialDelay: { minutes: 1 },
};

/**
 * Adds AI Mesh's collator to search. `search.collators.aiMesh.schedule` says how often it runs.
 *
 * @public
 */
export const searchModuleAiMesh = createBackendModule({
  pluginId: 'search',
  moduleId: 'ai-mesh',
  register(env) {
    env.registerInit({
      deps: {
        aiMesh: aiMeshServiceRef,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        indexRegistry: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ aiMesh, auth, config, indexRegistry, scheduler }) {
        const schedule = config.getOptionalConfig(
          'search.collators.aiMesh.schedule',
        );
        indexRegistry.addCollator({
          schedule: scheduler.createScheduledTaskRunner(
            schedule
              ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
              : UNLESS_SET,
          ),
          factory: new AiMeshCollatorFactory({
            aiMesh,
            auth,
          }),
        });
      },
    });
  },
});
