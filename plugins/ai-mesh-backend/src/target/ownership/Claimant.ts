import {
  ANNOTATION_LOCATION,
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import { parseTargetQuery } from '../parseTargetQuery';
import type { TargetQuery } from '../TargetQuery';

/** An entity of the catalog, as far as it matters for what it owns in the mesh. */
export interface Claimant {
  entityRef: string;
  /** Entity references of its owners. */
  owners: readonly string[];
  /** Where the catalog read it: Backstage's own annotation, which an entity cannot set for itself. */
  location?: string;
  /** What it says to own; absent: nothing, or nothing that can be read. */
  query?: TargetQuery;
}

/** @param clusters - the names that are configured, which annotations may name */
export function claimantOf(
  entity: Entity,
  clusters: readonly string[],
): Claimant {
  return {
    entityRef: stringifyEntityRef(entity),
    owners: ownersOf(entity),
    location: entity.metadata.annotations?.[ANNOTATION_LOCATION],
    query: queryOf(entity, clusters),
  };
}

/** Entity references of an entity's owners, as the catalog relates them. */
export function ownersOf({ relations = [] }: Entity): string[] {
  return relations
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'));
}

function queryOf(
  entity: Entity,
  clusters: readonly string[],
): TargetQuery | undefined {
  try {
    return parseTargetQuery(entity, clusters);
  } catch (error) {
    if (
      isError(error) &&
      (error.name === 'InputError' || error.name === 'NotFoundError')
    ) {
      // An annotation that cannot be read claims nothing; that entity's own page says what is wrong with it.
      return undefined;
    }
    throw error;
  }
}
