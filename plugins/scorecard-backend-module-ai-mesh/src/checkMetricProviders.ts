import {
  ANNOTATION_SERVICE,
  checkTextsEn,
  readyMadeCheckIds,
  type CheckResult,
  type ReadyMadeCheckId,
  type Scorecard,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import type { AuthService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import type { MetricProvider } from '@red-hat-developer-hub/backstage-plugin-scorecard-node';

const DATASOURCE = 'aiMesh';
/** The checks of one entity are read one after another, within a moment. */
const SHARED_MS = 30_000;
const MOST_ENTITIES = 500;

/** Where the checks come from. @public */
export interface AiMeshChecksSource {
  aiMesh: Pick<AiMeshService, 'onBehalfOf'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
}

/** The metric of a ready-made check: `aiMesh.modelTag` for `model-tag`. @public */
export function metricOfCheck(id: ReadyMadeCheckId): string {
  return `${DATASOURCE}.${id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}`;
}

/**
 * A provider for each ready-made check. The Scorecard plugin knows no third answer beside yes and no: a check that is
 * unknown, or from which the entity is exempt, has no value, and says why as an error.
 *
 * @public
 */
export function checkMetricProviders(
  source: AiMeshChecksSource,
): MetricProvider<'boolean'>[] {
  const scorecardOf = sharedScorecards(source);
  return readyMadeCheckIds.map(id => {
    const metric = {
      id: metricOfCheck(id),
      title: checkTextsEn[id].title,
      description: checkTextsEn[id].why,
      type: 'boolean' as const,
      history: true,
    };
    return {
      getProviderDatasourceId: () => DATASOURCE,
      getProviderId: () => metric.id,
      getMetricType: () => 'boolean',
      getMetric: () => metric,
      getMetricThresholds: () => ({
        rules: [
          { key: 'success', expression: '==true' },
          { key: 'error', expression: '==false' },
        ],
      }),
      getCatalogFilter: () => ({
        [`metadata.annotations.${ANNOTATION_SERVICE}`]: CATALOG_FILTER_EXISTS,
      }),
      async calculateMetric(entity) {
        const { checks } = await scorecardOf(stringifyEntityRef(entity));
        return valueOf(
          checks.find(check => check.id === id),
          id,
        );
      },
    };
  });
}

/** @throws where it is neither yes nor no */
function valueOf(check: CheckResult | undefined, id: string): boolean {
  if (!check) {
    throw new NotFoundError(
      `The check '${id}' does not concern the entity, or aiMesh.scorecard.readyMade leaves it out.`,
    );
  }
  switch (check.outcome) {
    case 'exempt':
      throw new Error(
        `Exempt until ${check.exemption?.until}: ${check.exemption?.reason}`,
      );
    case 'unknown':
      throw new Error(
        `Not known: ${check.reasons
          .map(({ fact, reason, message }) => `${fact}: ${message ?? reason}`)
          .join(' ')}`,
      );
    default:
      return check.outcome === 'pass';
  }
}

/** Reads an entity's scorecard once for all of its checks. */
function sharedScorecards({ aiMesh, auth }: AiMeshChecksSource) {
  const shared = new Map<string, { at: number; read: Promise<Scorecard> }>();
  return (entityRef: string): Promise<Scorecard> => {
    // Not the portal's clock, which may be set back.
    const now = performance.now();
    const present = shared.get(entityRef);
    if (present && now - present.at < SHARED_MS) {
      return present.read;
    }
    const read = auth
      .getOwnServiceCredentials()
      .then(credentials => aiMesh.onBehalfOf(credentials).scorecard(entityRef));
    // The oldest goes first: it was read longest ago.
    shared.delete(entityRef);
    shared.set(entityRef, { at: now, read });
    if (shared.size > MOST_ENTITIES) {
      shared.delete(shared.keys().next().value!);
    }
    read.catch(() => shared.delete(entityRef));
    return read;
  };
}
