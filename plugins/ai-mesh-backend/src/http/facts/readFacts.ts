import type { Facts, factsRequestSchema } from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { z } from 'zod';
import type { FactsService } from '../../facts';
import type { ReadableEntities } from '../ReadableEntities';
import type { VeilNeighbours } from '../veilNeighbours';

export interface FactsSource {
  entities: Pick<ReadableEntities, 'get'>;
  /** Throws ServiceUnavailableError while there is no database. */
  facts(): FactsService;
  /** Takes out of an answer what the reader may not see; without, it is told as it is. */
  veil?: VeilNeighbours;
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
  { entities, facts, veil }: FactsSource,
): Promise<Facts> {
  const entity = await entities.get(entityRef, credentials);
  const ref = stringifyEntityRef(entity);
  const answer = await facts().facts(ref, query);
  return veil
    ? veil(answer, { entityRef: ref, clusters: [] }, credentials)
    : answer;
}
