import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { ApiOperation } from './ApiOperation';
import type { EntityView } from './EntityView';
import { openApiDocument } from './openApiDocument';

/** Serves the API's description, to whoever may use the API at all. */
export function openApiRouter(
  views: readonly EntityView[],
  operations: readonly ApiOperation[],
  { httpAuth }: { httpAuth: HttpAuthService },
): Router {
  const document = openApiDocument(views, operations);
  const router = PromiseRouter();
  router.get('/v1/openapi.json', async (request, response) => {
    await httpAuth.credentials(request, { allow: ['user', 'service'] });
    response.set('Cache-Control', 'private, max-age=300').json(document);
  });
  return router;
}
