import {
  aiMeshCanaryRequestPermission,
  canaryActionSchema,
  canaryPreviewRequestSchema,
  canaryRequestSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Request } from 'express';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { withDefaults, type CanaryService } from '../../canary';
import type { EntityViewOptions } from '../entityViewRouter';
import { parseEntityPath } from '../parseEntityPath';
import { parseQuery } from '../parseQuery';
import type { ReadableEntities } from '../ReadableEntities';
import { parseBody, readBody } from '../readBody';
import { requirePermission } from '../requirePermission';
import { audited } from './audited';
import {
  callerOf,
  permissionFor,
  type CallerCredentials,
} from './CanaryAccess';
import { parseEntityRefText } from './parseEntityRefText';

export interface CanaryRouterOptions extends Pick<
  EntityViewOptions,
  'httpAuth' | 'resolveTarget'
> {
  entities: Pick<ReadableEntities, 'get' | 'among'>;
  permissions: Pick<PermissionsService, 'authorize'>;
  auditor: AuditorService;
  /** Throws ServiceUnavailableError while there is no database. */
  canaries(): CanaryService;
}

export const canaryListQuerySchema = z.object({
  active: z.enum(['true', 'false']).default('false'),
});

/** Serves canaries: each route authenticates, authorizes against the entity, calls, answers. */
export function canaryRouter(options: CanaryRouterOptions): Router {
  const { httpAuth, entities, permissions, auditor, canaries } = options;
  const router = PromiseRouter();
  const credentialsOf = (request: Request): Promise<CallerCredentials> =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });

  router.use('/v1', (_, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });

  router.get(
    '/v1/entities/:kind/:namespace/:name/canaries',
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const { entityRef } = parseEntityPath(request.params);
      const entity = await entities.get(entityRef, credentials);
      response.json(
        await canaries().list({ entityRefs: [stringifyEntityRef(entity)] }),
      );
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/canaries/options',
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const { entityRef } = parseEntityPath(request.params);
      const entity = await entities.get(entityRef, credentials);
      const target = await options.resolveTarget(entity);
      response.json(await canaries().options(target));
    },
  );

  router.get('/v1/canaries', async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseQuery(canaryListQuerySchema, request.query);
    const active = query.active === 'true';
    const service = canaries();
    const entityRefs = await entities.among(
      await service.entityRefs({ active }),
      credentials,
    );
    response.json(await service.list({ entityRefs, active }));
  });

  /** The entity that a request is about, for whoever may ask for its canaries. */
  async function requestable(
    entityRef: string,
    credentials: CallerCredentials,
  ) {
    const entity = await entities.get(
      parseEntityRefText(entityRef),
      credentials,
    );
    await requirePermission(
      permissions,
      aiMeshCanaryRequestPermission,
      stringifyEntityRef(entity),
      'ask for canaries of',
      credentials,
    );
    return options.resolveTarget(entity);
  }

  const planned = (body: unknown) =>
    typeof body === 'object' && body !== null && !Array.isArray(body)
      ? {
          ...body,
          plan: withDefaults(
            (body as { plan?: unknown }).plan,
            canaries().rules.defaults,
          ),
        }
      : body;

  router.post('/v1/canaries/preflight', async (request, response) => {
    const credentials = await credentialsOf(request);
    const asked = parseBody(
      canaryPreviewRequestSchema,
      planned(await readBody(request, response)),
    );
    const target = await requestable(asked.entityRef, credentials);
    response.json(await canaries().preview(asked, target));
  });

  router.post('/v1/canaries', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { canary, created } = await audited(
      { auditor, eventId: 'canary-request', request, severityLevel: 'medium' },
      async note => {
        const asked = parseBody(
          canaryRequestSchema,
          planned(await readBody(request, response)),
        );
        note({ entityRef: asked.entityRef, service: asked.service });
        const target = await requestable(asked.entityRef, credentials);
        const answer = await canaries().request(
          asked,
          target,
          callerOf(credentials),
        );
        note({ canaryId: answer.canary.id, created: answer.created });
        return answer;
      },
    );
    response.status(created ? 201 : 200).json(canary);
  });

  router.get('/v1/canaries/:id', async (request, response) => {
    const credentials = await credentialsOf(request);
    const record = await canaries().find(request.params.id);
    await entities.get(record.entityRef, credentials);
    response.json(await canaries().details(record));
  });

  router.post('/v1/canaries/:id/actions', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { id } = request.params;
    const canary = await audited(
      { auditor, eventId: 'canary-action', request, severityLevel: 'high' },
      async note => {
        note({ canaryId: id });
        const action = parseBody(
          canaryActionSchema,
          await readBody(request, response),
        );
        note({ actionType: action.action, version: action.version });
        const caller = callerOf(credentials);
        const record = await canaries().find(id);
        await entities.get(record.entityRef, credentials);
        note({ entityRef: record.entityRef });
        await requirePermission(
          permissions,
          permissionFor(action.action, record, caller),
          record.entityRef,
          `'${action.action}' canaries of`,
          credentials,
        );
        return canaries().act(id, action, caller);
      },
    );
    response.json(canary);
  });

  return router;
}
