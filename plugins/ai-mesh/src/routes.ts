import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

/** Where the tab is mounted below an entity's page. */
export const rootRouteRef = createRouteRef({ id: 'ai-mesh' });

/** Where the page of all entities is mounted. */
export const fleetRouteRef = createRouteRef({ id: 'ai-mesh.fleet' });

/** The scaffolder's page of one template; the portal may have none. */
export const templateRouteRef = createExternalRouteRef({
  id: 'template',
  params: ['namespace', 'templateName'],
  optional: true,
  defaultTarget: 'scaffolder.selectedTemplate',
});
