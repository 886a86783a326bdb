import { createRouteRef } from '@backstage/core-plugin-api';

/** Where the tab is mounted below an entity's page. */
export const rootRouteRef = createRouteRef({ id: 'ai-mesh' });

/** Where the page of contested Services is mounted. */
export const contestedRouteRef = createRouteRef({ id: 'ai-mesh.contested' });
