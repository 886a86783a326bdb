import {
  factsByRefsRequestSchema,
  factsRequestSchema,
  scorecardRequestSchema,
  wording,
  type EntityFacts,
  type FactsByRefs,
  type FactsList,
  type ModelInUse,
  type ModelsInUse,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { modelsInUse } from '../../facts';
import { worded } from '../../worded';
import { parseEntityRefText } from '../canaries/parseEntityRefText';
import { pageQuerySchema } from '../pageQuery';
import { parseEntityPath } from '../parseEntityPath';
import { parseQuery } from '../parseQuery';
import type { ReadableEntities } from '../ReadableEntities';
import { parseBody, readBody } from '../readBody';
import type { VeilSubject } from '../veilNeighbours';
import { readFacts, type FactsSource } from './readFacts';

export interface FactsRouterOptions extends FactsSource {
  httpAuth: HttpAuthService;
  entities: Pick<ReadableEntities, 'get' | 'among'>;
  /** The catalog's Resources of models that the reader may see, by the models' names. */
  resourcesOf(
    credentials: BackstageCredentials,
  ): Promise<ReadonlyMap<string, string>>;
  now(): Date;
}

export const factsPageQuerySchema = pageQuerySchema.extend({
  names: factsRequestSchema.shape.names,
});

/** References that are looked at in one go, and how often, for one page: who may see few of many gets short pages. */
const AT_A_TIME = 200;
const MOST_LOOKS = 20;
const MODELS_AT_A_TIME = 1000;

/** Serves stored facts and what checks make of them; nothing is asked of the mesh. */
export function factsRouter(options: FactsRouterOptions): Router {
  const { httpAuth, entities, facts } = options;
  const router = PromiseRouter();
  const credentialsOf = (request: Request) =>
    httpAuth.credentials(request, { allow: ['user', 'service'] });
  const tell = async (
    response: Response,
    answer: unknown,
    credentials: BackstageCredentials,
    about: Pick<VeilSubject, 'entityRef'> = {},
  ) => {
    response
      .set('Cache-Control', 'no-store')
      .json(
        options.veil
          ? await options.veil(answer, { clusters: [], ...about }, credentials)
          : answer,
      );
  };

  router.get(
    '/v1/entities/:kind/:namespace/:name/facts',
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const { entityRef } = parseEntityPath(request.params);
      const query = parseQuery(factsRequestSchema, request.query);
      const answer = await readFacts(entityRef, query, credentials, options);
      response.set('Cache-Control', 'no-store').json(answer);
    },
  );

  router.get(
    '/v1/entities/:kind/:namespace/:name/scorecard',
    async (request, response) => {
      const credentials = await credentialsOf(request);
      const { entityRef } = parseEntityPath(request.params);
      parseQuery(scorecardRequestSchema, request.query);
      const entity = await entities.get(entityRef, credentials);
      const about = { entityRef: stringifyEntityRef(entity) };
      await tell(response, await facts().scorecard(entity), credentials, about);
    },
  );

  router.get('/v1/facts', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { limit, cursor, names } = parseQuery(
      factsPageQuerySchema,
      request.query,
    );
    const service = facts();
    const readable: string[] = [];
    let after = cursor === undefined ? undefined : positionOf(cursor);
    let isLast = false;
    for (
      let look = 0;
      look < MOST_LOOKS && readable.length <= limit && !isLast;
      look++
    ) {
      const refs = await service.refs({ after, limit: AT_A_TIME });
      isLast = refs.length < AT_A_TIME;
      after = refs.at(-1) ?? after;
      const seen = new Set(await entities.among(refs, credentials));
      readable.push(...refs.filter(ref => seen.has(ref)));
    }
    const page = readable.slice(0, limit);
    const answer: FactsList = {
      items: await service.ofEach(page, names),
      ...(readable.length > limit
        ? { next: cursorOf(page.at(-1)!) }
        : !isLast && after !== undefined && { next: cursorOf(after) }),
    };
    await tell(response, answer, credentials);
  });

  router.get('/v1/models', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { limit, cursor } = parseQuery(pageQuerySchema, request.query);
    const [stored, resources] = await Promise.all([
      facts().models(),
      options.resourcesOf(credentials),
    ]);
    const refs = stored.map(({ entityRef }) => entityRef);
    const readable = new Set<string>();
    for (let from = 0; from < refs.length; from += MODELS_AT_A_TIME) {
      const some = refs.slice(from, from + MODELS_AT_A_TIME);
      for (const ref of await entities.among(some, credentials)) {
        readable.add(ref);
      }
    }
    const { models, ...rest } = await modelsInUse(
      stored.filter(({ entityRef }) => readable.has(entityRef)),
      resources,
    );
    const from = cursor === undefined ? 0 : positionAfter(models, cursor);
    const page = models.slice(from, from + limit);
    const answer: ModelsInUse = {
      observedAt: options.now().toISOString(),
      ...rest,
      models: page,
      modelCount: models.length,
      ...(from + limit < models.length && {
        next: cursorOf(page.at(-1)!.model),
      }),
    };
    await tell(response, answer, credentials);
  });

  router.post('/v1/facts', async (request, response) => {
    const credentials = await credentialsOf(request);
    const { entityRefs, names } = parseBody(
      factsByRefsRequestSchema,
      await readBody(request, response),
    );
    const refs = entityRefs.map(parseEntityRefText);
    const distinct = [...new Set(refs)];
    const readable = new Set(await entities.among(distinct, credentials));
    const found = new Map<string, EntityFacts>(
      (
        await facts().ofEach(
          distinct.filter(ref => readable.has(ref)),
          names,
        )
      ).map(one => [one.entityRef, one]),
    );
    const answer: FactsByRefs = {
      items: refs.map(ref => found.get(ref) ?? null),
    };
    await tell(response, answer, credentials);
  });

  return router;
}

function cursorOf(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function positionAfter(
  models: readonly Pick<ModelInUse, 'model'>[],
  cursor: string,
): number {
  const name = Buffer.from(cursor, 'base64url').toString();
  const index = models.findIndex(({ model }) => model === name);
  if (index < 0) {
    throw worded(InputError, wording('request.modelCursor'));
  }
  return index + 1;
}

function positionOf(cursor: string): string {
  const entityRef = Buffer.from(cursor, 'base64url').toString();
  if (!/^[^:/\s]+:[^:/\s]+\/[^:/\s]+$/.test(entityRef)) {
    throw worded(InputError, wording('request.cursor'));
  }
  return entityRef;
}
