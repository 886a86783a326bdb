import {
  canaryActionSchema,
  canaryDetailsSchema,
  canaryListSchema,
  canaryOptionsSchema,
  canaryPreviewRequestSchema,
  canaryPreviewSchema,
  canaryRequestSchema,
  canarySchema,
  canaryTransitionsSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ApiOperation } from '../ApiOperation';
import {
  canaryListQuerySchema,
  canaryPageQuerySchema,
  transitionsQuerySchema,
} from './canaryRouter';

const entity = '/v1/entities/{kind}/{namespace}/{name}';
const errors = {
  503: "The portal's database, or the cluster, does not answer.",
};
const bodyErrors = { ...errors, 413: 'The body is larger than 256 kB.' };

/** What {@link canaryRouter} serves. */
export const canaryOperations: readonly ApiOperation[] = [
  {
    operationId: 'readCanariesOfEntity',
    method: 'get',
    path: `${entity}/canaries`,
    summary:
      'The canaries of the entity and of the Services that provably are its, active ones first.',
    query: canaryPageQuerySchema,
    answer: canaryListSchema,
    answerName: 'CanaryList',
    errors,
  },
  {
    operationId: 'readCanaryOptions',
    method: 'get',
    path: `${entity}/canaries/options`,
    summary: 'What a request for a canary of the entity can choose from.',
    answer: canaryOptionsSchema,
    answerName: 'CanaryOptions',
    errors,
  },
  {
    operationId: 'readCanaries',
    method: 'get',
    path: '/v1/canaries',
    summary: 'Every canary that the caller may see.',
    query: canaryListQuerySchema,
    answer: canaryListSchema,
    answerName: 'CanaryList',
    errors,
  },
  {
    operationId: 'previewCanary',
    method: 'post',
    path: '/v1/canaries/preflight',
    summary:
      'The steps, the checks and the exact patch of a request, in each of its clusters. Nothing is written.',
    body: canaryPreviewRequestSchema,
    answer: canaryPreviewSchema,
    answerName: 'CanaryPreview',
    errors: bodyErrors,
  },
  {
    operationId: 'requestCanary',
    method: 'post',
    path: '/v1/canaries',
    summary:
      'Asks for a canary, or with `across` for one in each of several clusters; the answer is the first. A request with the idempotency key of an earlier one answers 200 with that canary.',
    body: canaryRequestSchema,
    answer: canarySchema,
    answerName: 'Canary',
    errors: {
      ...bodyErrors,
      400: 'A field is wrong, or the preflight blocks: `error.preflight` then holds its checks.',
      409: 'The route is taken; `error.canary` is the canary that holds it, where it is of the same entity.',
    },
  },
  {
    operationId: 'readCanary',
    method: 'get',
    path: '/v1/canaries/{id}',
    summary: 'A canary with its history.',
    answer: canaryDetailsSchema,
    answerName: 'CanaryDetails',
    errors,
  },
  {
    operationId: 'readCanaryTransitions',
    method: 'get',
    path: '/v1/canaries/{id}/transitions',
    summary:
      'A part of the history of a canary: the latest, or what is before.',
    query: transitionsQuerySchema,
    answer: canaryTransitionsSchema,
    answerName: 'CanaryTransitions',
    errors,
  },
  {
    operationId: 'actOnCanary',
    method: 'post',
    path: '/v1/canaries/{id}/actions',
    summary:
      'Does something to a canary, if it still is as it was. Approving, rejecting and cancelling do it to all of its group; rolling back takes the others back.',
    body: canaryActionSchema,
    answer: canarySchema,
    answerName: 'Canary',
    errors: {
      ...bodyErrors,
      409: 'It has moved on, or its state does not allow this: `error.canary` is the present state.',
    },
  },
];
