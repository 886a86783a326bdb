import type { Entity } from '@backstage/catalog-model';

const KINDS: ReadonlySet<string> = new Set(['group', 'user', 'system']);

/**
 * Whether services in the mesh can be an entity's own: of a group, a user or a system.
 *
 * @public
 */
export function hasAiMeshFleetCard({ kind }: Entity): boolean {
  return KINDS.has(kind.toLocaleLowerCase('en-US'));
}
