import { createRouteRef } from '@backstage/core-plugin-api';

/** Where the tab is mounted below an entity's page. */
export const rootRouteRef = createRouteRef({ id: 'ai-mesh' });
