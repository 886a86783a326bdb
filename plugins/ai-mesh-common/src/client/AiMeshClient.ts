import { parseEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';
import {
  ContestedClaims,
  contestedClaimsSchema,
  Facts,
  FactsByRefs,
  FactsByRefsRequest,
  factsByRefsSchema,
  FactsList,
  factsListSchema,
  FactsRequest,
  factsSchema,
  FixApplication,
  FixApplicationAction,
  FixApplicationBody,
  fixApplicationSchema,
  FixRequest,
  FixRequestBody,
  type FixRequests,
  type FixRequestsRequest,
  fixRequestSchema,
  fixRequestsSchema,
  Fleet,
  type FleetFilterQuery,
  FleetHurting,
  fleetHurtingSchema,
  FleetQuery,
  fleetSchema,
  type ModelsInUse,
  modelsInUseSchema,
  MayCall,
  MayCallRequest,
  mayCallSchema,
  Overview,
  OverviewRequest,
  overviewSchema,
  Replay,
  ReplayRequest,
  replaySchema,
  Review,
  reviewSchema,
  Routes,
  RoutesRequest,
  routesSchema,
  Scorecard,
  scorecardSchema,
  Security,
  SecurityRequest,
  securitySchema,
  SloRulesRequest,
  Slos,
  slosSchema,
  SlosRequest,
  Topology,
  TopologyRequest,
  topologySchema,
  Traces,
  TracesRequest,
  tracesSchema,
} from '../api';
import { LastAnswers } from './LastAnswers';
import { queryOf } from './queryOf';
import { refusalOf } from './refusalOf';

const NOT_MODIFIED = 304;

/**
 * What AI Mesh answers about an entity.
 * Every call may throw a `ResponseError` (`NotFoundError`, `InputError`, `NotAllowedError`, ...) with a message for a person.
 *
 * @public
 */
export interface AiMeshApi {
  overview(
    entityRef: string,
    request?: Partial<OverviewRequest>,
    options?: AiMeshCallOptions,
  ): Promise<Overview>;
  topology(
    entityRef: string,
    request?: Partial<TopologyRequest>,
    options?: AiMeshCallOptions,
  ): Promise<Topology>;
  /** The topology over a past span, moment by moment. */
  replay(
    entityRef: string,
    request?: Partial<ReplayRequest>,
    options?: AiMeshCallOptions,
  ): Promise<Replay>;
  routes(
    entityRef: string,
    request?: Partial<RoutesRequest>,
    options?: AiMeshCallOptions,
  ): Promise<Routes>;
  security(
    entityRef: string,
    options?: AiMeshCallOptions & Partial<SecurityRequest>,
  ): Promise<Security>;
  /** "May X call ...?", by the entity's services' policies. */
  mayCall(
    entityRef: string,
    request: MayCallRequest,
    options?: AiMeshCallOptions,
  ): Promise<MayCall>;
  review(entityRef: string, options?: AiMeshCallOptions): Promise<Review>;
  /** Pull requests for what is no finding, and what became of them; those for findings are beside them, in the review. */
  fixRequests(
    entityRef: string,
    request: FixRequestsRequest,
    options?: AiMeshCallOptions,
  ): Promise<FixRequests>;
  /** Says that a pull request was opened, and what for, so that it is shown what becomes of it. */
  followFixRequest(
    entityRef: string,
    request: FixRequestBody,
    options?: AiMeshCallOptions,
  ): Promise<FixRequest>;
  /** Asks that the fix of a finding is written into the cluster, once another person approves it. */
  requestFixApplication(
    entityRef: string,
    request: FixApplicationBody,
    options?: AiMeshCallOptions,
  ): Promise<FixApplication>;
  /** Approves, rejects, takes back or undoes what was asked. */
  actOnFixApplication(
    entityRef: string,
    id: string,
    action: FixApplicationAction,
    options?: AiMeshCallOptions,
  ): Promise<FixApplication>;
  slos(
    entityRef: string,
    request?: Partial<SlosRequest>,
    options?: AiMeshCallOptions,
  ): Promise<Slos>;
  /** Recording and alerting rules for the entity's objectives, as YAML. */
  sloRules(
    entityRef: string,
    request?: Partial<SloRulesRequest>,
    options?: AiMeshCallOptions,
  ): Promise<AiMeshDownload>;
  /** A Grafana dashboard of the entity's objectives and golden signals, as JSON. */
  sloDashboard(
    entityRef: string,
    options?: AiMeshCallOptions,
  ): Promise<AiMeshDownload>;
  /** Services that more entities claim than own them, page by page, as far as the caller may see those entities. */
  contestedClaims(
    page?: AiMeshPage,
    options?: AiMeshCallOptions,
  ): Promise<ContestedClaims>;
  /** The entity's facts as they were stored last, and on request what they were. */
  facts(
    entityRef: string,
    request?: FactsRequest,
    options?: AiMeshCallOptions,
  ): Promise<Facts>;
  /** The facts of up to 500 entities. */
  factsByRefs(
    request: FactsByRefsRequest,
    options?: AiMeshCallOptions,
  ): Promise<FactsByRefs>;
  /** The facts of all entities that the caller may see, page by page. */
  allFacts(
    page?: AiMeshPage & { names?: string },
    options?: AiMeshCallOptions,
  ): Promise<FactsList>;
  /** The entity's level and checks, by its stored facts. */
  scorecard(entityRef: string, options?: AiMeshCallOptions): Promise<Scorecard>;
  /** Every entity that is in a mesh and that the caller may see, page by page. */
  fleet(request?: FleetQuery, options?: AiMeshCallOptions): Promise<Fleet>;
  /** Where it hurts now, over all entities that meet the filters: what fails by itself, what ends, and canaries that wait or run. */
  fleetHurting(
    request?: FleetFilterQuery,
    options?: AiMeshCallOptions,
  ): Promise<FleetHurting>;
  /** Each model in use, across the services that the caller may see, page by page. */
  models(page?: AiMeshPage, options?: AiMeshCallOptions): Promise<ModelsInUse>;
  /** The slowest and the failed traces. */
  traces(
    entityRef: string,
    request?: Partial<TracesRequest>,
    options?: AiMeshCallOptions,
  ): Promise<Traces>;
}

/** A file that the backend made. @public */
export interface AiMeshDownload {
  fileName: string;
  /** Such as `application/yaml`. */
  mediaType: string;
  content: string;
}

/** A part of a list. @public */
export interface AiMeshPage {
  /** How many entries: 50 unless said, 200 at most. */
  limit?: number;
  /** Where the page before said that there is more. */
  cursor?: string;
}

/** @public */
export interface AiMeshCallOptions {
  /** A backend's token; a browser's comes from its FetchApi. */
  token?: string;
  signal?: AbortSignal;
}

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

  contestedClaims: AiMeshApi['contestedClaims'] = async (page, options) => {
    const path = `/v1/ownership/contested${queryOf({ ...page })}`;
    const response = await this.#get(path, options);
    return contestedClaimsSchema.parse(await response.json());
  };

  facts: AiMeshApi['facts'] = (entityRef, request, options) =>
    this.#read(entityRef, 'facts', factsSchema, request, options);

  factsByRefs: AiMeshApi['factsByRefs'] = async (request, options) => {
    const response = await this.#ask('/v1/facts', options, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    return factsByRefsSchema.parse(await response.json());
  };

  allFacts: AiMeshApi['allFacts'] = async (page, options) => {
    const response = await this.#get(
      `/v1/facts${queryOf({ ...page })}`,
      options,
    );
    return factsListSchema.parse(await response.json());
  };

  scorecard: AiMeshApi['scorecard'] = (entityRef, options) =>
    this.#read(entityRef, 'scorecard', scorecardSchema, {}, options);
  fleet: AiMeshApi['fleet'] = async (request, options) => {
    const response = await this.#get(
      `/v1/fleet${queryOf({ ...request })}`,
      options,
    );
    return fleetSchema.parse(await response.json());
  };

  fleetHurting: AiMeshApi['fleetHurting'] = async (request, options) => {
    const response = await this.#get(
      `/v1/fleet/hurting${queryOf({ ...request })}`,
      options,
    );
    return fleetHurtingSchema.parse(await response.json());
  };

  models: AiMeshApi['models'] = async (page, options) => {
    const response = await this.#get(
      `/v1/models${queryOf({ ...page })}`,
      options,
    );
    return modelsInUseSchema.parse(await response.json());
  };

  fixRequests: AiMeshApi['fixRequests'] = (entityRef, request, options) =>
    this.#read(entityRef, 'requests', fixRequestsSchema, request, options);

  followFixRequest: AiMeshApi['followFixRequest'] = async (
    entityRef,
    request,
    options,
  ) => {
    const response = await this.#ask(viewPath(entityRef, 'requests'), options, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    return fixRequestSchema.parse(await response.json());
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
    const response = await this.#ask(viewPath(entityRef, path), options, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return fixApplicationSchema.parse(await response.json());
  }

  async #read<T extends z.ZodType>(
    entityRef: string,
    view: string,
    schema: T,
    request?: Record<string, unknown>,
    options?: AiMeshCallOptions,
  ): Promise<z.infer<T>> {
    const path = viewPath(entityRef, view, request);
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
    const response = await this.#get(
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

  #get(path: string, options?: AiMeshCallOptions): Promise<Response> {
    return this.#ask(path, options);
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
