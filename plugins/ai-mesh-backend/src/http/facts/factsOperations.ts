import {
  factsByRefsRequestSchema,
  factsByRefsSchema,
  modelsInUseSchema,
  factsListSchema,
  factsRequestSchema,
  factsSchema,
  scorecardRequestSchema,
  scorecardSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ApiOperation } from '../ApiOperation';
import { pageQuerySchema } from '../pageQuery';
import { factsPageQuerySchema } from './factsRouter';

const entity = '/v1/entities/{kind}/{namespace}/{name}';
const errors = { 503: "The portal's database does not answer." };

/** What {@link factsRouter} serves. */
export const factsOperations: readonly ApiOperation[] = [
  {
    operationId: 'readFacts',
    method: 'get',
    path: `${entity}/facts`,
    summary:
      'The facts of the entity as they were computed last, and what they were.',
    query: factsRequestSchema,
    answer: factsSchema,
    answerName: 'Facts',
    errors,
  },
  {
    operationId: 'readScorecard',
    method: 'get',
    path: `${entity}/scorecard`,
    summary:
      'The level of the entity, its checks with values and bounds, and the trend of 90 days.',
    query: scorecardRequestSchema,
    answer: scorecardSchema,
    answerName: 'Scorecard',
    errors,
  },
  {
    operationId: 'listFacts',
    method: 'get',
    path: '/v1/facts',
    summary: 'The facts of all entities that the caller may see.',
    query: factsPageQuerySchema,
    answer: factsListSchema,
    answerName: 'FactsList',
    errors,
  },
  {
    operationId: 'listModels',
    method: 'get',
    path: '/v1/models',
    summary:
      'Each model in use, across the services that the caller may see, as of their facts, the busiest first.',
    query: pageQuerySchema,
    answer: modelsInUseSchema,
    answerName: 'ModelsInUse',
    errors,
  },
  {
    operationId: 'readFactsByRefs',
    method: 'post',
    path: '/v1/facts',
    summary: 'The facts of up to 500 entities, as far as the caller may see.',
    body: factsByRefsRequestSchema,
    answer: factsByRefsSchema,
    answerName: 'FactsByRefs',
    errors: { ...errors, 413: 'The body is larger than 256 kB.' },
  },
];
