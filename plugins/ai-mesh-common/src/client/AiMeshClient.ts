import { parseEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import {
  contestedClaimsSchema,
  factsByRefsSchema,
  factsListSchema,
  factsSchema,
  type FixApplication,
  type FixApplicationAction,
  type FixApplicationBody,
  fixApplicationSchema,
  fixRequestSchema,
  fixRequestsSchema,
  fleetHurtingSchema,
  fleetSchema,
  modelsInUseSchema,
  mayCallSchema,
  overviewSchema,
  replaySchema,
  reviewSchema,
  routesSchema,
  scorecardSchema,
  securitySchema,
  slosSchema,
  topologySchema,
  tracesSchema,
} from '../api';
import type { AiMeshApi, AiMeshCallOptions, AiMeshDownload } from './AiMeshApi';
import { LastAnswers } from './LastAnswers';
import { queryOf } from './queryOf';
import { refusalOf } from './refusalOf';

const NOT_MODIFIED = 304;

/**
 * A typed client of AI Mesh's backend, for the frontend and for other backends.
 *
 * @public
 */
export class AiMeshClient implements AiMeshApi {
  readonly #discovery: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;
  readonly #last = new LastAnswers();

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discovery = options.discoveryApi;
    this.#fetch = (input, init) => options.fetchApi.fetch(input, init);
  }

  overview: AiMeshApi['overview'] = (entityRef, request, options) =>
    this.#read(entityRef, 'overview', overviewSchema, request, options);

  topology: AiMeshApi['topology'] = (entityRef, request, options) =>
    this.#read(entityRef, 'topology', topologySchema, request, options);

  replay: AiMeshApi['replay'] = (entityRef, request, options) =>
    this.#read(entityRef, 'topology/replay', replaySchema, request, options);

  routes: AiMeshApi['routes'] = (entityRef, request, options) =>
    this.#read(entityRef, 'routes', routesSchema, request, options);

  security: AiMeshApi['security'] = (entityRef, { at, ...options } = {}) =>
    this.#read(entityRef, 'security', securitySchema, { at }, options);

  mayCall: AiMeshApi['mayCall'] = (entityRef, request, options) =>
    this.#read(entityRef, 'security/may-call', mayCallSchema, request, options);

  review: AiMeshApi['review'] = (entityRef, options) =>
    this.#read(entityRef, 'review', reviewSchema, {}, options);

  slos: AiMeshApi['slos'] = (entityRef, request, options) =>
    this.#read(entityRef, 'slos', slosSchema, request, options);

  sloRules: AiMeshApi['sloRules'] = (entityRef, request, options) =>
    this.#download(entityRef, 'slos/rules', request, options);

  sloDashboard: AiMeshApi['sloDashboard'] = (entityRef, options) =>
    this.#download(entityRef, 'slos/dashboard', {}, options);

  traces: AiMeshApi['traces'] = (entityRef, request, options) =>
    this.#read(entityRef, 'traces', tracesSchema, request, options);

  contestedClaims: AiMeshApi['contestedClaims'] = (page, options) =>
    this.#list('/v1/ownership/contested', contestedClaimsSchema, page, options);

  facts: AiMeshApi['facts'] = (entityRef, request, options) =>
    this.#read(entityRef, 'facts', factsSchema, request, options);

  factsByRefs: AiMeshApi['factsByRefs'] = async (request, options) =>
    factsByRefsSchema.parse(await this.#post('/v1/facts', request, options));

  allFacts: AiMeshApi['allFacts'] = (page, options) =>
    this.#list('/v1/facts', factsListSchema, page, options);

  scorecard: AiMeshApi['scorecard'] = (entityRef, options) =>
    this.#read(entityRef, 'scorecard', scorecardSchema, {}, options);

  fleet: AiMeshApi['fleet'] = (request, options) =>
    // Further pages would take the places of other views.
    request?.cursor === undefined
      ? this.#readAt(
          `/v1/fleet${queryOf({ ...request })}`,
          fleetSchema,
          options,
        )
      : this.#list('/v1/fleet', fleetSchema, request, options);

  fleetHurting: AiMeshApi['fleetHurting'] = (request, options) =>
    this.#readAt(
      `/v1/fleet/hurting${queryOf({ ...request })}`,
      fleetHurtingSchema,
      options,
    );

  models: AiMeshApi['models'] = (page, options) =>
    this.#list('/v1/models', modelsInUseSchema, page, options);

  fixRequests: AiMeshApi['fixRequests'] = (entityRef, request, options) =>
    this.#read(entityRef, 'requests', fixRequestsSchema, request, options);

  followFixRequest: AiMeshApi['followFixRequest'] = async (
    entityRef,
    request,
    options,
  ) => {
    const path = viewPath(entityRef, 'requests');
    return fixRequestSchema.parse(await this.#post(path, request, options));
  };

  requestFixApplication: AiMeshApi['requestFixApplication'] = (
    entityRef,
    request,
    options,
  ) => this.#apply(entityRef, 'review/applications', request, options);

  actOnFixApplication: AiMeshApi['actOnFixApplication'] = (
    entityRef,
    id,
    action,
    options,
  ) =>
    this.#apply(
      entityRef,
      `review/applications/${encodeURIComponent(id)}/actions`,
      action,
      options,
    );

  async #apply(
    entityRef: string,
    path: string,
    body: FixApplicationBody | FixApplicationAction,
    options?: AiMeshCallOptions,
  ): Promise<FixApplication> {
    return fixApplicationSchema.parse(
      await this.#post(viewPath(entityRef, path), body, options),
    );
  }

  async #read<T extends z.ZodType>(
    entityRef: string,
    view: string,
    schema: T,
    request?: Record<string, unknown>,
    options?: AiMeshCallOptions,
  ): Promise<z.infer<T>> {
    return this.#readAt(viewPath(entityRef, view, request), schema, options);
  }

  /** Shows the last answer again where nothing has changed. */
  async #readAt<T extends z.ZodType>(
    path: string,
    schema: T,
    options?: AiMeshCallOptions,
  ): Promise<z.infer<T>> {
    const last = this.#last.get(path);
    const response = await this.#ask(path, options, {
      headers: last && { 'If-None-Match': last.etag },
    });
    if (last && response.status === NOT_MODIFIED) {
      return last.answer as z.infer<T>;
    }
    const answer = schema.parse(await response.json());
    this.#last.keep(path, response.headers.get('etag'), answer);
    return answer;
  }

  async #download(
    entityRef: string,
    view: string,
    request?: Record<string, unknown>,
    options?: AiMeshCallOptions,
  ): Promise<AiMeshDownload> {
    const response = await this.#ask(
      viewPath(entityRef, view, request),
      options,
    );
    const disposition = response.headers.get('content-disposition') ?? '';
    return {
      fileName: /filename="([^"]+)"/.exec(disposition)?.[1] ?? view,
      mediaType: (response.headers.get('content-type') ?? '').split(';')[0],
      content: await response.text(),
    };
  }

  async #list<T extends z.ZodType>(
    path: string,
    schema: T,
    request?: object,
    options?: AiMeshCallOptions,
  ): Promise<z.infer<T>> {
    const response = await this.#ask(
      `${path}${queryOf({ ...request })}`,
      options,
    );
    return schema.parse(await response.json());
  }

  async #post(
    path: string,
    body: object,
    options?: AiMeshCallOptions,
  ): Promise<unknown> {
    const response = await this.#ask(path, options, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  async #ask(
    path: string,
    options: AiMeshCallOptions = {},
    request: { method?: string; headers?: object; body?: string } = {},
  ): Promise<Response> {
    const baseUrl = await this.#discovery.getBaseUrl('ai-mesh');
    const response = await this.#fetch(`${baseUrl}${path}`, {
      ...request,
      signal: options.signal,
      headers: {
        ...request.headers,
        ...(options.token && { Authorization: `Bearer ${options.token}` }),
      },
    });
    if (!response.ok && response.status !== NOT_MODIFIED) {
      throw await refusalOf(response);
    }
    return response;
  }
}

function viewPath(
  entityRef: string,
  view: string,
  request: Record<string, unknown> = {},
): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const path = [kind, namespace, name].map(encodeURIComponent).join('/');
  return `/v1/entities/${path}/${view}${queryOf(request)}`;
}
