import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { pageQuerySchema } from '../pageQuery';
import { parseEntityPath } from '../parseEntityPath';
import { parseQuery } from '../parseQuery';
import { readBody } from '../readBody';
import type { CallerCredentials } from './CanaryAccess';
import type { CanaryDesk } from './CanaryDesk';

export interface CanaryRouterOptions {
  httpAuth: HttpAuthService;
  desk: CanaryDesk;
}

export const canaryPageQuerySchema = pageQuerySchema;

export const canaryListQuerySchema = canaryPageQuerySchema.extend({
  active: z.enum(['true', 'false']).default('false'),
});

export const transitionsQuerySchema = z.object({
  limit: pageQuerySchema.shape.limit,
  cursor: z.coerce.number().int().positive().optional(),
});

/** Serves canaries: each route authenticates, parses, calls, answers. */
export function canaryRouter({ httpAuth, desk }: CanaryRouterOptions): Router {
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
      response.json(await desk.ofEntity(entityRef, page, credentials));
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/canaries/options',
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const { entityRef } = parseEntityPath(request.params);
      response.json(await desk.options(entityRef, credentials));
    },
  );

  router.get('/v1/canaries', async (request, response) => {
    const credentials = await credentialsOf(request);
    const query = parseQuery(canaryListQuerySchema, request.query);
    const { active, ...page } = query;
    response.json(
      await desk.list({ active: active === 'true' }, page, credentials),
    );
  });

  router.post('/v1/canaries/preflight', async (request, response) => {
    const credentials = await credentialsOf(request);
    const body = await readBody(request, response);
    response.json(await desk.preview(body, credentials));
  });

  router.post('/v1/canaries', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { canary, created } = await desk.request(
      () => readBody(request, response),
      credentials,
      { request },
    );
    response.status(created ? 201 : 200).json(canary);
  });

  router.get('/v1/canaries/:id', async (request, response) => {
    const credentials = await credentialsOf(request);
    response.json(await desk.details(request.params.id, credentials));
  });

  router.get('/v1/canaries/:id/transitions', async (request, response) => {
    const credentials = await credentialsOf(request);
    const page = parseQuery(transitionsQuerySchema, request.query);
    response.json(await desk.transitions(request.params.id, page, credentials));
  });

  router.post('/v1/canaries/:id/actions', async (request, response) => {
    const credentials = await credentialsOf(request);
    response.json(
      await desk.act(
        request.params.id,
        () => readBody(request, response),
        credentials,
        { request },
      ),
    );
  });

  return router;
}
