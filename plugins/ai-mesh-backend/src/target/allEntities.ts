import { TARGET_ANNOTATIONS } from '@ai-mesh/plugin-ai-mesh-common';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import type {
  CatalogService,
  CatalogServiceRequestOptions,
} from '@backstage/plugin-catalog-node';

/** Of so many the catalog makes an answer, and we read it, in some 20 ms each; it makes one of all without a pause. */
const AT_A_TIME = 1000;

/** Finds the entities that say where they are in a mesh. */
export const inAMesh = TARGET_ANNOTATIONS.map(annotation => ({
  [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
}));

/** A catalog whose entities are read page by page. */
export type PagedCatalog = Pick<CatalogService, 'streamEntities'>;

/**
 * All entities that a filter finds, in the order in which the catalog keeps them.
 *
 * @throws when the catalog does not answer, for any of the pages
 */
export async function allEntities(
  catalog: PagedCatalog,
  request: Pick<
    NonNullable<Parameters<PagedCatalog['streamEntities']>[0]>,
    'filter' | 'fields'
  >,
  options: CatalogServiceRequestOptions,
): Promise<Entity[]> {
  const pages: Entity[][] = [];
  for await (const page of catalog.streamEntities(
    { ...request, pageSize: AT_A_TIME },
    options,
  )) {
    pages.push(page);
  }
  return pages.flat();
}
