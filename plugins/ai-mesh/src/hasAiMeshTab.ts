import { isAiMeshAvailable } from '@ai-mesh/plugin-ai-mesh-common';
import type { Entity } from '@backstage/catalog-model';
import { isSystem } from './isSystem';

/**
 * Whether the entity's page has the tab: where the entity says where it is in the mesh, for a System, whose components may
 * be there, and where the browser's address asks for the tab all the same, which then says what is missing.
 *
 * @public
 */
export function hasAiMeshTab(entity: Entity): boolean {
  return (
    isAiMeshAvailable(entity) ||
    isSystem(entity) ||
    /\/ai-mesh(\/|$)/.test(window.location.pathname)
  );
}
