import { createRouteRef } from '@backstage/core-plugin-api';

/** Where the tab is mounted below an entity's page. */
export const rootRouteRef = createRouteRef({ id: 'ai-mesh' });

/** Where the page of all entities is mounted. */
export const fleetRouteRef = createRouteRef({ id: 'ai-mesh.fleet' });
