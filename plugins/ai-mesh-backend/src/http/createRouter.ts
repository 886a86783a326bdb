import { NotFoundError } from '@backstage/errors';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { EntityView } from './EntityView';
import { entityViewRouter, type EntityViewOptions } from './entityViewRouter';
import { openApiRouter } from './openApiRouter';

/** Serves the whole API. */
export function createRouter(
  views: readonly EntityView[],
  options: EntityViewOptions,
): Router {
  const router = PromiseRouter();
  for (const view of views) {
    router.use(entityViewRouter(view, options));
  }
  router.use(openApiRouter(views, options));
  // Only below /v1: other paths of the plugin belong to Backstage.
  router.use('/v1', request => {
    throw new NotFoundError(
      `AI Mesh has no ${request.method} ${request.baseUrl}${request.path}. /v1/openapi.json lists what there is.`,
    );
  });
  return router;
}
