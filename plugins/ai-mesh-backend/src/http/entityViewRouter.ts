import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Download, EntityView } from './EntityView';
import { parseEntityPath } from './parseEntityPath';
import { readEntityView, type ReadOptions } from './readEntityView';

export interface EntityViewOptions extends ReadOptions {
  httpAuth: HttpAuthService;
}

/** Serves one view of entities. */
export function entityViewRouter(
  view: EntityView,
  options: EntityViewOptions,
): Router {
  const router = PromiseRouter();
  router.get(
    `/v1/entities/:kind/:namespace/:name/${view.path}`,
    async (request, response) => {
      const credentials = await options.httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const { entityRef } = parseEntityPath(request.params);
      const answer = await readEntityView(
        view,
        { entityRef, query: request.query, credentials },
        options,
      );
      // It shows what one reader may see at one moment.
      response.set('Cache-Control', 'no-store');
      if (!view.mediaTypes) {
        response.json(answer);
        return;
      }
      const { fileName, mediaType, content } = answer as Download;
      response
        .set('Content-Disposition', `attachment; filename="${fileName}"`)
        // Shown as what it is, or not at all.
        .set('X-Content-Type-Options', 'nosniff')
        .type(mediaType)
        .send(content);
    },
  );
  return router;
}
