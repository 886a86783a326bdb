import type { Entity } from '@backstage/catalog-model';

/** Whether an entity consists of others, whose places in the mesh are its own. */
export function isSystem({ kind }: Entity): boolean {
  return kind.toLocaleLowerCase('en-US') === 'system';
}
