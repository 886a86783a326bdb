import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { NotFoundError } from '@backstage/errors';
import type { RequestHandler, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { worded } from '../worded';
import type { ApiOperation } from './ApiOperation';
import type { EntityView } from './EntityView';
import { entityViewRouter, type EntityViewOptions } from './entityViewRouter';
import { openApiRouter } from './openApiRouter';

/** A part of the API that is more than views of entities. */
export interface ApiPart {
  router: Router;
  operations: readonly ApiOperation[];
}

/**
 * Serves the whole API.
 *
 * @param before - stands before every route
 */
export function createRouter(
  views: readonly EntityView[],
  options: EntityViewOptions,
  parts: readonly ApiPart[] = [],
  before?: RequestHandler,
): Router {
  const router = PromiseRouter();
  if (before) {
    router.use('/v1', before);
  }
  for (const view of views) {
    router.use(entityViewRouter(view, options));
  }
  for (const part of parts) {
    router.use(part.router);
  }
  const operations = parts.flatMap(part => part.operations);
  router.use(openApiRouter(views, operations, options));
  // Only below /v1: other paths of the plugin belong to Backstage.
  router.use('/v1', request => {
    throw worded(
      NotFoundError,
      wording('request.noRoute', {
        method: request.method,
        path: `${request.baseUrl}${request.path}`,
      }),
    );
  });
  return router;
}
