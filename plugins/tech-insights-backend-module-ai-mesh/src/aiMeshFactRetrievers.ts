import {
  FACTS_VERSION,
  comparisonsOf,
  factDefinitions,
  factNames,
  factTextsEn,
  flatFacts,
  readyMadeRules,
  type CheckRule,
  type EntityFacts,
  type FactName,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { AiMeshService } from '@ai-mesh/plugin-ai-mesh-node';
import type { FactSchema } from '@backstage-community/plugin-tech-insights-common';
import type {
  FactRetriever,
  TechInsightFact,
} from '@backstage-community/plugin-tech-insights-node';
import type { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { DateTime } from 'luxon';

/** The retriever of all facts. @public */
export const AI_MESH_FACTS = 'aiMeshFacts';

/** The retriever of what one ready-made check needs: `aiMeshModelTagCheck` for `model-tag`. @public */
export function retrieverOfCheck(id: string): string {
  const words = id
    .split('-')
    .map(word => word[0].toUpperCase() + word.slice(1));
  return `aiMesh${words.join('')}Check`;
}

/** Where the facts come from. @public */
export interface AiMeshSource {
  aiMesh: AiMeshService;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
}

const A_PAGE = 200;

/**
 * Hands AI Mesh's stored facts to Tech Insights; nothing is asked of the mesh. One retriever has all facts, null for one
 * that is unknown. Tech Insights knows no third answer beside pass and fail: so each ready-made check has a retriever of
 * its own, which leaves an entity out for as long as one of the facts that the check needs is unknown, and with it the
 * check.
 *
 * @public
 */
export function aiMeshFactRetrievers(
  source: AiMeshSource,
): Record<string, FactRetriever> {
  return Object.fromEntries(
    [
      retriever(source, AI_MESH_FACTS, factNames, true),
      ...Object.entries(readyMadeRules).map(([id, { rule }]) =>
        retriever(source, retrieverOfCheck(id), namesIn(rule), false),
      ),
    ].map(one => [one.id, one]),
  );
}

function retriever(
  { aiMesh, auth }: AiMeshSource,
  id: string,
  names: readonly FactName[],
  withUnknown: boolean,
): FactRetriever {
  return {
    id,
    version: `${FACTS_VERSION}.0.0`,
    title: 'AI Mesh',
    description: 'How an AI service stands in its service mesh.',
    schema: schemaOf(names),
    async handler() {
      const client = aiMesh.onBehalfOf(await auth.getOwnServiceCredentials());
      const found: TechInsightFact[] = [];
      let cursor: string | undefined;
      do {
        const { items, next } = await client.allFacts({
          limit: A_PAGE,
          cursor,
          names: names.join(','),
        });
        found.push(
          ...items.flatMap(entity =>
            toTechInsights(entity, names, withUnknown),
          ),
        );
        cursor = next;
      } while (cursor !== undefined);
      return found;
    },
  };
}

function namesIn(rule: CheckRule): FactName[] {
  return [...new Set(comparisonsOf(rule).map(({ fact }) => fact))];
}

function schemaOf(names: readonly FactName[]): FactSchema {
  return {
    ...Object.fromEntries(
      names.map(name => [
        name,
        { type: typeOf(name), description: factTextsEn[name].description },
      ]),
    ),
    observedAt: {
      type: 'datetime',
      description: 'When AI Mesh computed the facts.',
    },
  };
}

function typeOf(name: FactName): 'boolean' | 'integer' | 'float' {
  const { type, unit } = factDefinitions[name];
  if (type === 'boolean') {
    return 'boolean';
  }
  return unit === 'count' ? 'integer' : 'float';
}

/** Nothing of an entity whose turn has not come yet. */
function toTechInsights(
  entity: EntityFacts,
  names: readonly FactName[],
  withUnknown: boolean,
): TechInsightFact[] {
  const known = flatFacts(entity);
  if (
    entity.observedAt === undefined ||
    (!withUnknown && names.some(name => known[name] === undefined))
  ) {
    return [];
  }
  return [
    {
      entity: parseEntityRef(entity.entityRef),
      facts: {
        ...Object.fromEntries(names.map(name => [name, known[name] ?? null])),
        observedAt: entity.observedAt,
      },
      timestamp: DateTime.fromISO(entity.observedAt),
    },
  ];
}
