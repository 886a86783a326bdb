import type { ModelUse, ModelInUse } from '@ai-mesh/plugin-ai-mesh-common';
import type { ComputedFact, UnknownFact } from './ComputedFact';
import type { FactAnswers } from './FactAnswers';
import { WITHOUT_MODELS } from './sloFacts';

/** A model as an entity used it, on one cluster. */
export interface EntityModel extends Omit<
  ModelUse,
  'entityRefs' | 'observedAt' | 'share'
> {
  model: string;
  provider?: string;
  trend: ModelInUse['trend'];
}

/** Which models an entity used, or why that is not known. */
export type EntityModels =
  { status: 'known'; models: EntityModel[] } | UnknownFact;

/**
 * The models that report at present.
 *
 * @param modelsInUse - the fact of how many there are
 */
export function entityModels(
  modelsInUse: ComputedFact,
  { slos, overview }: FactAnswers,
): EntityModels {
  if (modelsInUse.status === 'unknown') {
    return modelsInUse;
  }
  return {
    status: 'known',
    models: slos.models
      .filter(
        ({ reporting, dialect }) => reporting && !WITHOUT_MODELS.has(dialect),
      )
      .map(one => ({
        model: one.model,
        ...(one.provider !== undefined && { provider: one.provider }),
        cluster: one.cluster,
        services: overview.services.filter(
          ({ cluster }) => cluster === one.cluster,
        ),
        versions: one.versions,
        ...(one.requestsByVersion && {
          requestsByVersion: one.requestsByVersion,
        }),
        requestsPerSecond: one.requestsPerSecond,
        errorRatio: one.errorRatio,
        p95: one.p95,
        tokensPerSecond: one.tokensPerSecond,
        cost: one.cost,
        trend: one.series.map(({ at, requestsPerSecond }) => ({
          at,
          requestsPerSecond,
        })),
      })),
  };
}
