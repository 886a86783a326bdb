import {
  fixApplicationActionSchema,
  fixApplicationBodySchema,
  fixApplicationSchema,
  fixRequestBodySchema,
  fixRequestSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ApiOperation } from '../ApiOperation';

/** What {@link fixesRouter} serves. */
export const fixesOperations: readonly ApiOperation[] = [
  {
    operationId: 'followFixRequest',
    method: 'post',
    path: '/v1/entities/{kind}/{namespace}/{name}/requests',
    summary:
      'Says that a pull request was opened for findings of the review of the entity, its STRICT manifests, the rules of its objectives or the weights of a promoted canary; what becomes of it is then shown beside that.',
    body: fixRequestBodySchema,
    answer: fixRequestSchema,
    answerName: 'FixRequest',
    errors: {
      409: 'The review does not have one of the findings, there is no such manifest or promoted canary, or the request is kept for something else.',
      413: 'The body is larger than 256 kB.',
      503: "The portal's database does not answer.",
    },
  },
  {
    operationId: 'requestFixApplication',
    method: 'post',
    path: '/v1/entities/{kind}/{namespace}/{name}/review/applications',
    summary:
      'Asks that the fix of a finding is written into the cluster, once another person approves it. The cluster tries it in a dry run before.',
    body: fixApplicationBodySchema,
    answer: fixApplicationSchema,
    answerName: 'FixApplication',
    errors: {
      409: 'The review does not have the finding, something speaks against writing its fix, or the cluster refuses it.',
      413: 'The body is larger than 256 kB.',
      503: "The cluster or the portal's database does not answer.",
    },
  },
  {
    operationId: 'actOnFixApplication',
    method: 'post',
    path: '/v1/entities/{kind}/{namespace}/{name}/review/applications/{id}/actions',
    summary:
      'Approves, rejects or takes back that a fix is written into the cluster, or undoes one that was.',
    body: fixApplicationActionSchema,
    answer: fixApplicationSchema,
    answerName: 'FixApplication',
    errors: {
      409: 'It has moved on since it was looked at, or its state does not allow it.',
      413: 'The body is larger than 256 kB.',
      503: "The portal's database does not answer.",
    },
  },
];
