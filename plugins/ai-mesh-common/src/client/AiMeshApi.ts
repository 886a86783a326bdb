import type {
  ContestedClaims,
  Facts,
  FactsByRefs,
  FactsByRefsRequest,
  FactsList,
  FactsRequest,
  FixApplication,
  FixApplicationAction,
  FixApplicationBody,
  FixRequest,
  FixRequestBody,
  FixRequests,
  FixRequestsRequest,
  Fleet,
  FleetFilterQuery,
  FleetHurting,
  FleetQuery,
  ModelsInUse,
  MayCall,
  MayCallRequest,
  Overview,
  OverviewRequest,
  Replay,
  ReplayRequest,
  Review,
  Routes,
  RoutesRequest,
  Scorecard,
  Security,
  SecurityRequest,
  SloRulesRequest,
  Slos,
  SlosRequest,
  Topology,
  TopologyRequest,
  Traces,
  TracesRequest,
} from '../api';

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
