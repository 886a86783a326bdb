import { SEARCH_DOCUMENT_TYPE } from '@ai-mesh/plugin-ai-mesh-common';
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { createSearchResultListItemExtension } from '@backstage/plugin-search-react';
import { aiMeshApiRef, aiMeshCanaryApiRef } from './api';
import {
  ServicePickerOnCall,
  VersionPickerOnCall,
} from './components/TemplateFields/pickersOnCall';
import {
  servicePickerSchema,
  versionPickerSchema,
} from './components/TemplateFields/schemas';
import { aiMeshCanaryClient, aiMeshClient } from './onCall';
import { partOnCall } from './partOnCall';
import { fleetRouteRef, rootRouteRef, templateRouteRef } from './routes';

/**
 * AI Mesh in an app of the legacy frontend system.
 *
 * @public
 */
export const aiMeshPlugin = createPlugin({
  id: 'ai-mesh',
  routes: { root: rootRouteRef, fleet: fleetRouteRef },
  externalRoutes: { template: templateRouteRef },
  apis: [
    createApiFactory({
      api: aiMeshApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: aiMeshClient,
    }),
    createApiFactory({
      api: aiMeshCanaryApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: aiMeshCanaryClient,
    }),
  ],
});

/**
 * The entity page's tab, to be mounted at `/ai-mesh`.
 *
 * @public
 */
export const EntityAiMeshContent = aiMeshPlugin.provide(
  createRoutableExtension({
    name: 'EntityAiMeshContent',
    component: () => partOnCall(({ aiMeshTab }) => aiMeshTab()),
    mountPoint: rootRouteRef,
  }),
);

/**
 * The card for the entity page's overview. It links to the tab, which has to be mounted too.
 *
 * @public
 */
export const EntityAiMeshCard = aiMeshPlugin.provide(
  createComponentExtension({
    name: 'EntityAiMeshCard',
    component: {
      lazy: () => partOnCall(({ entityAiMeshCard }) => entityAiMeshCard()),
    },
  }),
);

/**
 * The entity's level and what the next one lacks, for the entity page's overview. It links to the tab, which has to be
 * mounted too.
 *
 * @public
 */
export const EntityAiMeshScorecardCard = aiMeshPlugin.provide(
  createComponentExtension({
    name: 'EntityAiMeshScorecardCard',
    component: {
      lazy: () =>
        partOnCall(({ entityScorecardCard }) => entityScorecardCard()),
    },
  }),
);

/**
 * The services in the mesh that a group or user owns, or that a system consists of, with their levels: for the overview of
 * such an entity's page. It links to {@link AiMeshPage}, which has to be mounted too.
 *
 * @public
 */
export const EntityAiMeshFleetCard = aiMeshPlugin.provide(
  createComponentExtension({
    name: 'EntityAiMeshFleetCard',
    component: {
      lazy: () => partOnCall(({ entityFleetCard }) => entityFleetCard()),
    },
  }),
);

/**
 * The reader's own services in the mesh, for a home page. It links to {@link AiMeshPage}, which has to be mounted too.
 *
 * @public
 */
export const HomePageAiMeshCard = aiMeshPlugin.provide(
  createComponentExtension({
    name: 'HomePageAiMeshCard',
    component: {
      lazy: () => partOnCall(({ homeFleetCard }) => homeFleetCard()),
    },
  }),
);

/**
 * The page of all entities that are in a mesh: where it hurts now, one table of them, and the Services that more entities
 * claim than own them. To be mounted at `/ai-mesh`.
 *
 * @public
 */
export const AiMeshPage = aiMeshPlugin.provide(
  createRoutableExtension({
    name: 'AiMeshPage',
    component: () => partOnCall(({ fleetPage }) => fleetPage()),
    mountPoint: fleetRouteRef,
  }),
);

/**
 * A service in the mesh among the results of the portal's search, which finds it by finding, model and level where the
 * backend has the package `@ai-mesh/plugin-search-backend-module-ai-mesh`. For the search page's list of results.
 *
 * @public
 */
export const AiMeshSearchResultListItem = aiMeshPlugin.provide(
  createSearchResultListItemExtension({
    name: 'AiMeshSearchResultListItem',
    component: () => partOnCall(({ searchResult }) => searchResult()),
    predicate: ({ type }) => type === SEARCH_DOCUMENT_TYPE,
  }),
);

/**
 * `ui:field: AiMeshServicePicker` of a software template's form: one of the services of the entity that the form has in its
 * field `entityRef`, or in the one that `entityField` of its `ui:options` names. Below `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const AiMeshServicePickerFieldExtension = aiMeshPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AiMeshServicePicker',
    component: ServicePickerOnCall,
    schema: servicePickerSchema.schema,
  }),
);

/**
 * `ui:field: AiMeshVersionPicker`: one of the versions of the service in the field `service` (`serviceField`), or of the
 * entity's only one. Below `ScaffolderFieldExtensions`.
 *
 * @public
 */
export const AiMeshVersionPickerFieldExtension = aiMeshPlugin.provide(
  createScaffolderFieldExtension({
    name: 'AiMeshVersionPicker',
    component: VersionPickerOnCall,
    schema: versionPickerSchema.schema,
  }),
);
