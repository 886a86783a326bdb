import {
  aiMeshFixRequestPermission,
  fixRequestBodySchema,
  fixRequestSchema,
  type FixRequest,
  type Review,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { FixRequests } from '../../fixes';
import type { ReviewService } from '../../review';
import { callerOf } from '../canaries/CanaryAccess';
import { audited } from '../canaries/audited';
import { parseEntityPath } from '../parseEntityPath';
import { parseBody, readBody } from '../readBody';
import type { ReadOptions } from '../readEntityView';
import { requirePermission } from '../requirePermission';

export interface FixesRouterOptions extends ReadOptions {
  httpAuth: HttpAuthService;
  permissions: Pick<PermissionsService, 'authorize'>;
  auditor: AuditorService;
  review: Pick<ReviewService, 'review'>;
  requests: Pick<FixRequests, 'follow'>;
}

/** Takes what somebody did about findings. */
export function fixesRouter(options: FixesRouterOptions): Router {
  const { httpAuth, permissions, auditor, entities, now } = options;
  const router = PromiseRouter();

  router.post(
    '/v1/entities/:kind/:namespace/:name/review/requests',
    async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const { entityRef } = parseEntityPath(request.params);
      const { answer, target } = await audited(
        {
          auditor,
          eventId: 'fix-request',
          severityLevel: 'medium',
          request,
          meta: { entityRef },
        },
        async note => {
          const entity = await entities.get(entityRef, credentials);
          const ref = stringifyEntityRef(entity);
          await requirePermission(
            permissions,
            aiMeshFixRequestPermission,
            [ref],
            'say that a pull request is about findings of',
            credentials,
          );
          const body = parseBody(
            fixRequestBodySchema,
            await readBody(request, response),
          );
          note({ findings: body.findings });
          const found = await options.resolveTarget(entity, credentials);
          const review: Review = await options.review.review(found, {
            now: now(),
          });
          const kept: FixRequest = await options.requests.follow(
            ref,
            body,
            callerOf(credentials).ref,
            review,
          );
          note({ url: kept.url });
          return { answer: kept, target: found };
        },
      );
      response
        .set('Cache-Control', 'no-store')
        .json(
          options.veil
            ? await options.veil(answer, target, credentials, fixRequestSchema)
            : answer,
        );
    },
  );

  return router;
}
