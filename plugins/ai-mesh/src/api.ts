import type {
  AiMeshApi,
  AiMeshCanaryApi,
} from '@ai-mesh/plugin-ai-mesh-common';
import { createApiRef } from '@backstage/core-plugin-api';

/**
 * What the screens read the mesh through.
 *
 * @public
 */
export const aiMeshApiRef = createApiRef<AiMeshApi>({ id: 'plugin.ai-mesh' });

/**
 * What the screens read and move canaries through.
 *
 * @public
 */
export const aiMeshCanaryApiRef = createApiRef<AiMeshCanaryApi>({
  id: 'plugin.ai-mesh.canary',
});
