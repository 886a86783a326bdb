import {
  fixRequestBodySchema,
  fixRequestSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ApiOperation } from '../ApiOperation';

/** What {@link fixesRouter} serves. */
export const fixesOperations: readonly ApiOperation[] = [
  {
    operationId: 'followFixRequest',
    method: 'post',
    path: '/v1/entities/{kind}/{namespace}/{name}/review/requests',
    summary:
      'Says that a pull request was opened for findings of the review of the entity, which then shows what becomes of it.',
    body: fixRequestBodySchema,
    answer: fixRequestSchema,
    answerName: 'FixRequest',
    errors: {
      409: 'The review does not have one of the findings.',
      413: 'The body is larger than 256 kB.',
      503: "The portal's database does not answer.",
    },
  },
];
