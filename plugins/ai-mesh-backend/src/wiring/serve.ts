import { healthSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { z } from 'zod';
import { registerActions } from '../actions';
import type { RunningCanaries } from '../canary';
import type { AiMeshSettings } from '../config/settings';
import type { RunningFacts, scorecardRules } from '../facts';
import { WantedFixes, type FixApplications, type FixRequests } from '../fixes';
import { FleetEntities, FleetService, FleetStandings } from '../fleet';
import {
  AskerLimits,
  CanaryDesk,
  canaryOperations,
  canaryRouter,
  createRouter,
  factsOperations,
  factsRouter,
  fixesOperations,
  fixesRouter,
  fleetOperations,
  fleetRouter,
  limitRequests,
  mayCallView,
  overviewView,
  ownershipOperations,
  ownershipRouter,
  RecentAnswers,
  replayView,
  requestsView,
  reviewView,
  routesView,
  securityView,
  sloDashboardView,
  sloRulesView,
  slosView,
  topologyView,
  tracesView,
  VeiledCanaryDesk,
  type ApiPart,
  type CanaryDeskOptions,
  type EntityView,
} from '../http';
import { meshControlPlane } from '../security';
import { budgetAlertsQuery, readBudgetAlert } from '../slo';
import { SourceFinder } from '../source';
import type { CallersCatalog } from '../target/catalogForCallers';
import { ContestedClaims } from '../target/ownership';
import { OwningEntities, ReplayService } from '../topology';
import { TracesService } from '../traces';
import type { Analyses } from './analysesOf';
import type { Seen } from './seenBy';
import type { Services } from './services';
import type { Mesh } from './startMesh';

/** All that is asked through the routes and the actions. */
export interface Parts {
  settings: AiMeshSettings;
  rules: ReturnType<typeof scorecardRules>;
  catalog: CallersCatalog;
  mesh: Mesh;
  seen: Seen;
  analyses: Analyses;
  canaries: RunningCanaries;
  facts: RunningFacts;
  fixes: { requests: FixRequests; applications: FixApplications };
}

/** Opens the API's routes and registers the actions, which do the same. */
export function serve(services: Services, parts: Parts): void {
  const { actionsRegistry, httpAuth, httpRouter } = services;
  const { reading, sight } = parts.seen;
  const views = viewsOf(parts);
  const desk = deskOf(services, parts);
  const limits = new AskerLimits(parts.settings.limits);
  registerActions(actionsRegistry, {
    views,
    reading,
    desk,
    limits,
    facts: () => parts.facts.service,
  });
  httpRouter.use(
    createRouter(
      views,
      { httpAuth, answers: new RecentAnswers(reading, sight), ...reading },
      apiParts(services, parts, desk),
      limitRequests(httpAuth, limits),
    ),
  );
}

function viewsOf({ settings, mesh, seen, analyses, fixes }: Parts) {
  const { overviews, review, routes, security, slos, topology } = analyses;
  const owners = new OwningEntities({
    ownerships: mesh.ownerships,
    readers: seen.sight,
  });
  const views: EntityView[] = [
    overviewView(overviews),
    topologyView(topology, credentials => owners.forReader(credentials)),
    replayView(
      new ReplayService({
        alerts: { query: budgetAlertsQuery, read: readBudgetAlert },
      }),
    ),
    routesView(routes),
    securityView(security),
    mayCallView(security, seen.hidden),
    tracesView(new TracesService()),
    reviewView(
      review,
      new SourceFinder(settings.gitOps),
      fixes.requests,
      fixes.applications,
    ),
    requestsView(fixes.requests),
    slosView(slos),
    sloRulesView(slos),
    sloDashboardView(slos),
  ];
  return views;
}

function deskOf(
  { auditor, permissions }: Services,
  { settings, mesh, seen, canaries }: Parts,
): CanaryDesk {
  const options: CanaryDeskOptions = {
    entities: seen.entities,
    resolveTarget: (entity, credentials) =>
      seen.targets.resolve(entity, credentials),
    permissions,
    auditor,
    ownershipsOf: mesh.ownershipsOf,
    claims: settings.ownership.claims,
    canaries: () => canaries.service,
  };
  return seen.veil
    ? new VeiledCanaryDesk(options, seen.veil)
    : new CanaryDesk(options);
}

/** What of the API is more than views of entities. */
function apiParts(
  { auditor, httpAuth, permissions }: Services,
  parts: Parts,
  desk: CanaryDesk,
): ApiPart[] {
  const { settings, mesh, seen, analyses, canaries, facts, fixes } = parts;
  const { entities, reading, targets } = seen;
  const veiled = {
    ...(seen.veil && { veil: seen.veil }),
    now: () => new Date(),
  };
  const contested = new ContestedClaims(seen.claimed);
  return [
    {
      operations: canaryOperations,
      router: canaryRouter({ httpAuth, desk }),
    },
    {
      operations: factsOperations,
      router: factsRouter({
        httpAuth,
        entities,
        facts: () => facts.service,
        resourcesOf: credentials => analyses.models.forReader(credentials),
        ...veiled,
      }),
    },
    {
      operations: fixesOperations,
      router: fixesRouter({
        httpAuth,
        permissions,
        auditor,
        review: analyses.review,
        wanted: new WantedFixes({
          ...analyses,
          canaries: () => canaries.service,
        }),
        ...fixes,
        ...reading,
        // What is done is done by rights of now.
        entities,
        resolveTarget: (entity, credentials) =>
          targets.resolve(entity, credentials),
      }),
    },
    {
      operations: fleetOperations,
      router: fleetRouter({
        httpAuth,
        entities,
        permissions,
        ownershipsOf: mesh.ownershipsOf,
        claims: settings.ownership.claims,
        canaries: () => canaries.service,
        fleet: fleetOf(parts),
        ...veiled,
      }),
    },
    {
      operations: ownershipOperations,
      router: ownershipRouter({
        httpAuth,
        entities,
        contested: () => contested.list(),
      }),
    },
  ];
}

function fleetOf({ settings, rules, catalog, mesh, seen, facts }: Parts) {
  const { veil } = seen;
  return new FleetService({
    entities: new FleetEntities({
      catalog,
      readers: seen.entities,
      standings: new FleetStandings(() => facts.service),
      targets: seen.claimed,
      settings: settings.ownership,
    }),
    look: () =>
      mesh.wide.look(async () =>
        (await seen.claimed.list()).flatMap(({ services }) =>
          services.map(({ ref }) => ref),
        ),
      ),
    controlPlane: meshControlPlane,
    levels: rules.levels,
    conceals: seen.hidden !== undefined,
    hiddenAmong: async (peers, credentials) =>
      seen.hidden?.among(peers, { clusters: [] }, credentials) ?? [],
    ...(veil && {
      veil: (healths, about, credentials) =>
        veil(healths, about, credentials, z.array(healthSchema)),
    }),
  });
}
