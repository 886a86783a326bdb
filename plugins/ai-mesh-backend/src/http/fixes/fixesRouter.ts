import {
  aiMeshFixApplyPermission,
  aiMeshFixRequestPermission,
  fixApplicationActionSchema,
  fixApplicationBodySchema,
  fixApplicationSchema,
  fixRequestBodySchema,
  fixRequestSchema,
  wording,
  type FixApplication,
  type FixRequest,
  type Review,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { z } from 'zod';
import type { FixApplications, FixRequests, WantedFixes } from '../../fixes';
import type { ReviewService } from '../../review';
import type { Target } from '../../target/Target';
import { callerOf, type CallerCredentials } from '../canaries/CanaryAccess';
import { audited, type Audit } from '../canaries/audited';
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
  wanted: Pick<WantedFixes, 'of'>;
  applications: Pick<FixApplications, 'request' | 'act'>;
}

/** Somebody's act on fixes of an entity, once the entity and the permission are seen to. */
interface Act {
  entityRef: string;
  entity: Entity;
  target: Target;
  caller: ReturnType<typeof callerOf>;
  /** Of the path. */
  id: string;
  note: (meta: JsonObject) => void;
}

interface Kind<Body, Answer> extends Pick<Audit, 'eventId' | 'severityLevel'> {
  permission: typeof aiMeshFixApplyPermission;
  /** What may not be done otherwise. */
  deed: Words;
  body: z.ZodType<Body>;
  answer: z.ZodType<Answer>;
  work(body: Body, act: Act): Promise<Answer>;
}

/** Takes what somebody did, or wants done, about fixes. */
export function fixesRouter(options: FixesRouterOptions): Router {
  const { httpAuth, permissions, auditor, entities, now } = options;
  const router = PromiseRouter();
  const reviewOf = (target: Target): Promise<Review> =>
    options.review.review(target, { now: now() });

  async function serve<Body, Answer>(
    request: Request,
    response: Response,
    {
      permission,
      deed,
      body: bodySchema,
      answer: schema,
      work,
      ...event
    }: Kind<Body, Answer>,
  ) {
    const credentials: CallerCredentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { entityRef } = parseEntityPath(request.params);
    const { answer, target } = await audited(
      { auditor, ...event, request, meta: { entityRef } },
      async note => {
        const entity = await entities.get(entityRef, credentials);
        const ref = stringifyEntityRef(entity);
        await requirePermission(
          permissions,
          permission,
          [ref],
          deed,
          credentials,
        );
        const body = parseBody(bodySchema, await readBody(request, response));
        const found = await options.resolveTarget(entity, credentials);
        return {
          target: found,
          answer: await work(body, {
            entityRef: ref,
            entity,
            target: found,
            caller: callerOf(credentials),
            id: request.params.id,
            note,
          }),
        };
      },
    );
    response
      .set('Cache-Control', 'no-store')
      .json(
        options.veil
          ? await options.veil(answer, target, credentials, schema)
          : answer,
      );
  }

  router.post(
    '/v1/entities/:kind/:namespace/:name/requests',
    (request, response) =>
      serve(request, response, {
        eventId: 'fix-request',
        severityLevel: 'medium',
        permission: aiMeshFixRequestPermission,
        deed: wording('deed.follow'),
        body: fixRequestBodySchema,
        answer: fixRequestSchema,
        work: async (body, { entityRef, entity, target, caller, note }) => {
          const { url, ...asked } = body;
          note(asked);
          const { fix, review } = await options.wanted.of(body, {
            entity,
            target,
            now: now(),
          });
          const kept: FixRequest = await options.requests.follow(
            entityRef,
            url,
            fix,
            caller.ref,
            { review, target },
          );
          note({ url: kept.url });
          return kept;
        },
      }),
  );

  router.post(
    '/v1/entities/:kind/:namespace/:name/review/applications',
    (request, response) =>
      serve(request, response, {
        eventId: 'fix-application',
        severityLevel: 'medium',
        permission: aiMeshFixApplyPermission,
        deed: wording('deed.apply'),
        body: fixApplicationBodySchema,
        answer: fixApplicationSchema,
        work: async (body, { target, caller, note }) => {
          note({ finding: body.finding });
          const kept: FixApplication = await options.applications.request(
            target,
            body,
            caller.ref,
            await reviewOf(target),
          );
          note({ id: kept.id });
          return kept;
        },
      }),
  );

  router.post(
    '/v1/entities/:kind/:namespace/:name/review/applications/:id/actions',
    (request, response) =>
      serve(request, response, {
        eventId: 'fix-application-action',
        severityLevel: 'high',
        permission: aiMeshFixApplyPermission,
        deed: wording('deed.decide'),
        body: fixApplicationActionSchema,
        answer: fixApplicationSchema,
        work: async (action, { entityRef, caller, id, note }) => {
          note({
            id,
            actionType: action.action,
            version: action.version,
          });
          return options.applications.act(entityRef, id, action, caller);
        },
      }),
  );

  return router;
}
