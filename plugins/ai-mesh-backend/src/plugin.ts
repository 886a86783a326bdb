import { aiMeshPermissions } from '@ai-mesh/plugin-ai-mesh-common';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { howToConfigure, readSettings } from './config/readSettings';
import {
  createRouter,
  mayCallView,
  overviewView,
  ReadableEntities,
  routesView,
  securityView,
  topologyView,
  tracesView,
} from './http';
import { ConfigurationSignal } from './live/ConfigurationSignal';
import { OverviewService } from './overview';
import { RoutesService } from './routes';
import { SecurityService } from './security';
import { DefaultMeshClusters } from './target/DefaultMeshClusters';
import { EntityTargetResolver } from './target/EntityTargetResolver';
import { CatalogEntityIndex, TopologyService } from './topology';
import { TracesService } from './traces';

/**
 * AI Mesh's backend: reads the service mesh around the catalog's entities.
 *
 * @public
 */
export const aiMeshPlugin = createBackendPlugin({
  pluginId: 'ai-mesh',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
      },
      async init({
        catalog,
        config,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        permissions,
        permissionsRegistry,
        signals,
      }) {
        const settings = readSettings(config);
        if (settings.clusters.length === 0) {
          logger.warn(howToConfigure);
        }
        const changes = new ConfigurationSignal({ signals, logger });
        const clusters = new DefaultMeshClusters(settings, {
          logger,
          onObjects: kind => changes.changed(kind),
        });
        clusters.start();
        lifecycle.addShutdownHook(async () => {
          changes.stop();
          await clusters.stop();
        });

        const targets = new EntityTargetResolver(clusters);
        const owners = new CatalogEntityIndex({
          catalog,
          clusters: settings.clusters.map(({ name }) => name),
        });
        const security = new SecurityService({
          lookBackSeconds: settings.security.lookBackMs / 1000,
        });
        permissionsRegistry.addPermissions(aiMeshPermissions);
        httpRouter.use(
          createRouter(
            [
              overviewView(new OverviewService()),
              topologyView(new TopologyService(), credentials =>
                owners.forReader(credentials),
              ),
              routesView(new RoutesService()),
              securityView(security),
              mayCallView(security),
              tracesView(new TracesService()),
            ],
            {
              httpAuth,
              entities: new ReadableEntities({ catalog, permissions }),
              resolveTarget: entity => targets.resolve(entity),
              now: () => new Date(),
            },
          ),
        );
      },
    });
  },
});
