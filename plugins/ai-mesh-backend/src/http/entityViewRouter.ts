import type {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { Target } from '../target/Target';
import type { Download, EntityView } from './EntityView';
import { parseEntityPath } from './parseEntityPath';
import { parseQuery } from './parseQuery';
import type { VeilNeighbours } from './veilNeighbours';
import type { ReadableEntities } from './ReadableEntities';

export interface EntityViewOptions {
  httpAuth: HttpAuthService;
  entities: Pick<ReadableEntities, 'get'>;
  /**
   * Finds what an entity owns in the mesh, as far as the reader may see it. Throws InputError for an annotation that
   * cannot be read.
   */
  resolveTarget(
    entity: Entity,
    credentials: BackstageCredentials,
  ): Promise<Target>;
  /** Takes out of an answer what the reader may not see; without, it is told as it is. */
  veil?: VeilNeighbours;
  now(): Date;
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
      const query = parseQuery(view.request, request.query);
      const entity = await options.entities.get(entityRef, credentials);
      const target = await options.resolveTarget(entity, credentials);
      const answer = await view.read(query, {
        entity,
        target,
        credentials,
        now: options.now(),
      });
      // It shows what one reader may see at one moment.
      response.set('Cache-Control', 'no-store');
      if (!view.mediaTypes) {
        response.json(
          options.veil
            ? await options.veil(answer, target, credentials)
            : answer,
        );
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
