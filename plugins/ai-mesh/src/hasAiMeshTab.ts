import { isAiMeshAvailable } from '@ai-mesh/plugin-ai-mesh-common';
import { DEFAULT_NAMESPACE, type Entity } from '@backstage/catalog-model';
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
    asksForTab(window.location.pathname, entity)
  );
}

/**
 * Whether `ai-mesh` comes right after the parts of the path that are the entity's. An app chooses their order, and what is
 * before them: the portal may be under `/ai-mesh`, and the entity may be called that.
 */
function asksForTab(path: string, { kind, metadata }: Entity): boolean {
  const { namespace = DEFAULT_NAMESPACE, name } = metadata;
  const own = inAnyOrder([kind, namespace, name]);
  const parts = path.split('/');
  return parts.some(
    (part, index) =>
      part === 'ai-mesh' &&
      index >= 3 &&
      inAnyOrder(parts.slice(index - 3, index)) === own,
  );
}

function inAnyOrder(parts: readonly string[]): string {
  return parts
    .map(part => part.toLocaleLowerCase('en-US'))
    .sort()
    .join('/');
}
