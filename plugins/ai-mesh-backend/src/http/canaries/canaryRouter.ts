import {
  aiMeshCanaryRequestPermission,
  canaryActionSchema,
  canaryPreviewRequestSchema,
  canaryRequestSchema,
  type CanaryList,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { isError, NotFoundError } from '@backstage/errors';
import type { Request } from 'express';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import {
  withDefaults,
  type CanaryService,
  type SubjectFilter,
} from '../../canary';
import type { EntityViewOptions } from '../entityViewRouter';
import { pageQuerySchema } from '../pageQuery';
import { parseEntityPath } from '../parseEntityPath';
import { parseQuery } from '../parseQuery';
import type { ReadableEntities } from '../ReadableEntities';
import { parseBody, readBody } from '../readBody';
import { requirePermission } from '../requirePermission';
import { audited } from './audited';
import {
  callerOf,
  CanaryAccess,
  type CallerCredentials,
  type CanaryAccessOptions,
} from './CanaryAccess';
import { parseEntityRefText } from './parseEntityRefText';

export interface CanaryRouterOptions
  extends
    Pick<EntityViewOptions, 'httpAuth' | 'resolveTarget'>,
    CanaryAccessOptions {
  entities: Pick<ReadableEntities, 'get' | 'look'>;
  permissions: Pick<PermissionsService, 'authorize'>;
  auditor: AuditorService;
  /** Throws ServiceUnavailableError while there is no database. */
  canaries(): CanaryService;
}

export const canaryPageQuerySchema = pageQuerySchema;

export const canaryListQuerySchema = canaryPageQuerySchema.extend({
  active: z.enum(['true', 'false']).default('false'),
});

export const transitionsQuerySchema = z.object({
  limit: pageQuerySchema.shape.limit,
  cursor: z.coerce.number().int().positive().optional(),
});

/** Serves canaries: each route authenticates, authorizes against the entity, calls, answers. */
export function canaryRouter(options: CanaryRouterOptions): Router {
  const { httpAuth, entities, permissions, auditor, canaries } = options;
  const access = new CanaryAccess(options);
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
      const page = parseQuery(canaryPageQuerySchema, request.query);
      const entity = await entities.get(entityRef, credentials);
      const of = {
        entityRefs: [stringifyEntityRef(entity)],
        services: await provenServices(entity, credentials),
      };
      response.json(await list({ of }, page, credentials));
    },
  );

  /** The Services that provably are an entity's; none while its annotation cannot be used, but its canaries are seen. */
  async function provenServices(
    entity: Entity,
    credentials: CallerCredentials,
  ): Promise<ServiceRef[]> {
    try {
      const { resolution } = await options.resolveTarget(entity, credentials);
      return (resolution.ownership ?? [])
        .filter(({ proven }) => proven)
        .map(({ service }) => service);
    } catch (error) {
      if (
        isError(error) &&
        (error.name === 'InputError' || error.name === 'NotFoundError')
      ) {
        return [];
      }
      throw error;
    }
  }

  router.get(
    '/v1/entities/:kind/:namespace/:name/canaries/options',
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const { entityRef } = parseEntityPath(request.params);
      const entity = await entities.get(entityRef, credentials);
      const target = await options.resolveTarget(entity, credentials);
      response.json(await canaries().options(target));
    },
  );

  router.get('/v1/canaries', async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseQuery(canaryListQuerySchema, request.query);
    const { active, ...page } = query;
    response.json(await list({ active: active === 'true' }, page, credentials));
  });

  /** A page of those canaries that the caller may see. */
  async function list(
    filter: SubjectFilter,
    page: z.output<typeof canaryPageQuerySchema>,
    credentials: CallerCredentials,
  ): Promise<CanaryList> {
    const service = canaries();
    const readable = await access.readable(
      await service.subjects(filter),
      credentials,
    );
    const found = await service.list({
      subjects: readable.subjects,
      active: filter.active,
      ...page,
    });
    return {
      ...found,
      canaries: found.canaries.map(canary => readable.governed(canary)),
    };
  }

  /**
   * The canary, for whoever may see it.
   *
   * @throws NotFoundError, the same whether there is none or it may not be seen
   */
  async function visible(id: string, credentials: CallerCredentials) {
    const record = await canaries().find(id);
    const readable = await access.readable(record ? [record] : [], credentials);
    if (!record || readable.subjects.length === 0) {
      throw new NotFoundError('There is no such canary that you may see.');
    }
    return { record, readable };
  }

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
      [stringifyEntityRef(entity)],
      'ask for canaries of',
      credentials,
    );
    return options.resolveTarget(entity, credentials);
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
    const { record, readable } = await visible(request.params.id, credentials);
    response.json(readable.governed(await canaries().details(record)));
  });

  router.get('/v1/canaries/:id/transitions', async (request, response) => {
    const credentials = await credentialsOf(request);
    const page = parseQuery(transitionsQuerySchema, request.query);
    const { record } = await visible(request.params.id, credentials);
    response.json(await canaries().transitions(record.id, page));
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
        const { record, readable } = await visible(id, credentials);
        note({ entityRef: record.entityRef });
        await access.require(action.action, record, credentials);
        return readable.governed(
          await canaries().act(id, action, callerOf(credentials)),
        );
      },
    );
    response.json(canary);
  });

  return router;
}
