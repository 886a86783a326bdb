import type { Facts, factsRequestSchema } from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { z } from 'zod';
import type { FactsService } from '../../facts';
import type { ReadableEntities } from '../ReadableEntities';

export interface FactsSource {
  entities: Pick<ReadableEntities, 'get'>;
  /** Throws ServiceUnavailableError while there is no database. */
  facts(): FactsService;
}

/**
 * Reads an entity's facts for somebody: the one way to them, for routes and for actions alike.
 *
 * @throws NotFoundError, NotAllowedError, ServiceUnavailableError
 */
export async function readFacts(
  entityRef: string,
  query: z.output<typeof factsRequestSchema>,
  credentials: BackstageCredentials,
  { entities, facts }: FactsSource,
): Promise<Facts> {
  const entity = await entities.get(entityRef, credentials);
  return facts().facts(stringifyEntityRef(entity), query);
}
