import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { demoAuthModule } from './auth/demoAuthModule';
import { ownNamesOnly } from './door/ownNamesOnly';
import { exportMetrics } from './exportMetrics';
import { demoPolicyModule } from './permissions/demoPolicyModule';
import { aiMeshChecksModule } from './techInsights/aiMeshChecksModule';

const metricsPort = Number(process.env.AI_MESH_METRICS_PORT);
if (metricsPort) {
  exportMetrics(metricsPort);
}

const backend = createBackend();

backend.add(
  rootHttpRouterServiceFactory({
    configure({ app, config, applyDefaults }) {
      app.use(ownNamesOnly(config));
      applyDefaults();
    },
  }),
);

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(demoAuthModule);
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(demoPolicyModule);
// The start page plays the sandbox's scenes through it.
backend.add(import('@backstage/plugin-proxy-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@ai-mesh/plugin-ai-mesh-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend'));
// Opens the demo's pull requests, at the sandbox's Git host.
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@ai-mesh/plugin-scaffolder-backend-module-ai-mesh'));
// Tech Insights, by its API: /api/tech-insights. The demo's frontend has no page for it.
backend.add(import('@backstage-community/plugin-tech-insights-backend'));
backend.add(import('@ai-mesh/plugin-tech-insights-backend-module-ai-mesh'));
backend.add(aiMeshChecksModule);
// Services are found by finding, model and level; with Lunr, in memory.
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@ai-mesh/plugin-search-backend-module-ai-mesh'));
// Assistants ask AI Mesh here: /api/mcp-actions/v1.
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.start();
