import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Download, EntityView } from './EntityView';
import { parseEntityPath } from './parseEntityPath';
import type { RecentAnswers } from './RecentAnswers';
import { readEntityView, type ReadOptions } from './readEntityView';

export interface EntityViewOptions extends ReadOptions {
  httpAuth: HttpAuthService;
  answers: Pick<RecentAnswers, 'read'>;
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
      const asked = { entityRef, query: request.query, credentials };
      if (!view.mediaTypes) {
        const answer = await options.answers.read(view, asked);
        await answer.send(request, response);
        return;
      }
      const { fileName, mediaType, content } = (await readEntityView(
        view,
        asked,
        options,
      )) as Download;
      response
        // It shows what one reader may see at one moment.
        .set('Cache-Control', 'no-store')
        .set('Content-Disposition', `attachment; filename="${fileName}"`)
        // Shown as what it is, or not at all.
        .set('X-Content-Type-Options', 'nosniff')
        .type(mediaType)
        .send(content);
    },
  );
  return router;
}
