import {
  fixRequestsRequestSchema,
  fixRequestsSchema,
  mayCallRequestSchema,
  mayCallSchema,
  overviewRequestSchema,
  overviewSchema,
  replayRequestSchema,
  replaySchema,
  reviewRequestSchema,
  reviewSchema,
  routesRequestSchema,
  routesSchema,
  securityRequestSchema,
  securitySchema,
  sloRulesRequestSchema,
  slosRequestSchema,
  slosSchema,
  topologyRequestSchema,
  topologySchema,
  tracesRequestSchema,
  tracesSchema,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { z } from 'zod';
import type { FixApplications, FixRequests } from '../fixes';
import type { OverviewService } from '../overview';
import type { ReviewService } from '../review';
import type { RoutesService } from '../routes';
import { callerNamed, type SecurityService } from '../security';
import type { SloService } from '../slo';
import type { SourceFinder } from '../source';
import type { HiddenNeighbours } from '../target/ownership';
import type { EntityIndex, ReplayService, TopologyService } from '../topology';
import type { TracesService } from '../traces';
import { downloadSchema, entityView, type EntityView } from './EntityView';

export function overviewView(
  service: Pick<OverviewService, 'overview' | 'madeOf'>,
): EntityView {
  return entityView({
    path: 'overview',
    summary: 'Traffic and encryption of the entity at a glance.',
    request: overviewRequestSchema,
    answer: overviewSchema,
    madeOf: (request, target) => service.madeOf(request, target),
    read: (request, context) =>
      service.overview(context.target, request, context),
  });
}

/** @param entitiesFor - the catalog as a reader may see it */
export function topologyView(
  service: Pick<TopologyService, 'topology' | 'madeOf'>,
  entitiesFor: (credentials: BackstageCredentials) => EntityIndex,
): EntityView {
  return entityView({
    path: 'topology',
    summary: 'Who calls the entity, whom it calls, and how that goes.',
    request: topologyRequestSchema,
    answer: topologySchema,
    ofSystems: true,
    // Whether a System's answer may be given to another reader depends on each component: it is made for each.
    madeOf: async (request, target) =>
      target.system ? undefined : service.madeOf(request, target),
    read: (request, { entity, target, now, isPast, credentials }) =>
      service.topology(target, request, {
        now,
        isPast,
        entities: entitiesFor(credentials),
        // A System has no objectives, and its components' are on their own pages.
        ...(!target.system && { reader: { entity, credentials } }),
      }),
  });
}

export function replayView(service: Pick<ReplayService, 'replay'>): EntityView {
  return entityView({
    path: 'topology/replay',
    summary: 'The topology over a past span, moment by moment.',
    request: replayRequestSchema,
    answer: replaySchema,
    ofSystems: true,
    read: (request, { target, now }) =>
      service.replay(target, request, { now }),
  });
}

export function routesView(service: Pick<RoutesService, 'routes'>): EntityView {
  return entityView({
    path: 'routes',
    summary:
      'How requests to the services of the entity are routed, beside what is seen of them.',
    request: routesRequestSchema,
    answer: routesSchema,
    read: (request, { target, now }) =>
      service.routes(target, request, { now }),
  });
}

export function reviewView(
  service: Pick<ReviewService, 'review'>,
  sources: Pick<SourceFinder, 'addTo'>,
  requests: Pick<FixRequests, 'addTo'>,
  applications: Pick<FixApplications, 'addTo'>,
): EntityView {
  return entityView({
    path: 'review',
    summary:
      'What in the configuration and behaviour of the services of the entity is wrong for AI traffic, and how to mend it.',
    request: reviewRequestSchema,
    answer: reviewSchema,
    read: async (_, { target, now, entity }) =>
      applications.addTo(
        await requests.addTo(
          await sources.addTo(
            await service.review(target, { now }),
            target,
            entity,
          ),
        ),
        target,
      ),
  });
}

export function requestsView(requests: Pick<FixRequests, 'list'>): EntityView {
  return entityView({
    path: 'requests',
    summary:
      'Pull requests for the STRICT manifests of the entity, the rules of its objectives or the weights of its promoted canaries, and what became of them.',
    request: fixRequestsRequestSchema,
    answer: fixRequestsSchema,
    read: (request, { target }) => requests.list(request, target),
  });
}

export function securityView(
  service: Pick<SecurityService, 'security'>,
): EntityView {
  return entityView({
    path: 'security',
    summary:
      'How calls to the services of the entity are protected, by configuration and as seen, and who may make them.',
    request: securityRequestSchema,
    answer: securitySchema,
    read: (_, { target, now }) => service.security(target, { now }),
  });
}

/** @param hidden - for where neighbours that a reader may not see are not to be told from what there is not */
export function mayCallView(
  service: Pick<SecurityService, 'mayCall'>,
  hidden?: Pick<HiddenNeighbours, 'among'>,
): EntityView {
  return entityView({
    path: 'security/may-call',
    summary: 'Whether a caller may call a service of the entity, and why.',
    request: mayCallRequestSchema,
    answer: mayCallSchema,
    read: async (question, { target, credentials }) => {
      const caller = hidden && callerNamed(question);
      const concealed = caller
        ? await hidden.among(
            [{ clusters: [question.cluster], ...caller }],
            target,
            credentials,
          )
        : [];
      return service.mayCall(target, question, concealed.length > 0);
    },
  });
}

export function tracesView(service: Pick<TracesService, 'traces'>): EntityView {
  return entityView({
    path: 'traces',
    summary: 'The slowest and the failed traces of the entity or of one model.',
    request: tracesRequestSchema,
    answer: tracesSchema,
    read: (request, { target, now }) =>
      service.traces(target, request, { now }),
  });
}

export function slosView(service: Pick<SloService, 'slos'>): EntityView {
  return entityView({
    path: 'slos',
    summary:
      'The models of the entity: success, latency, tokens and estimated cost, and how the objectives stand.',
    request: slosRequestSchema,
    answer: slosSchema,
    read: (request, { credentials, ...context }) =>
      service.slos(request, context, credentials),
  });
}

export function sloRulesView(service: Pick<SloService, 'rules'>): EntityView {
  return entityView({
    path: 'slos/rules',
    summary:
      'Recording and alerting rules of the objectives of the entity, for Prometheus or its operator.',
    request: sloRulesRequestSchema,
    answer: downloadSchema,
    mediaTypes: ['application/yaml'],
    read: (request, context) => service.rules(request, context),
  });
}

export function sloDashboardView(
  service: Pick<SloService, 'dashboard'>,
): EntityView {
  return entityView({
    path: 'slos/dashboard',
    summary:
      'A Grafana dashboard of the objectives and golden signals of the entity.',
    request: z.object({}),
    answer: downloadSchema,
    mediaTypes: ['application/json'],
    read: (_, context) => service.dashboard(context),
  });
}
