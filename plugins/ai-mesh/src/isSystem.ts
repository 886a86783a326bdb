import { parseEntityRef, type Entity } from '@backstage/catalog-model';

/** Whether an entity consists of others, whose places in the mesh are its own. */
export function isSystem({ kind }: Pick<Entity, 'kind'>): boolean {
  return kind.toLocaleLowerCase('en-US') === 'system';
}

/** The same by the entity's reference, as backends write it. */
export function isSystemRef(entityRef: string): boolean {
  return isSystem(parseEntityRef(entityRef));
}
