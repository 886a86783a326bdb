import {
  aiMeshPermissions,
  type ServiceRef,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  canaryGatesExtensionPoint,
  metricDialectsExtensionPoint,
  type CanaryGate,
  type MetricDialect,
} from '@ai-mesh/plugin-ai-mesh-node';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { registerActions } from './actions';
import {
  announceToAll,
  canariesOn,
  canaryPresets,
  CanarySignal,
  EventAnnouncer,
  PeopleAnnouncer,
  RunningCanaries,
} from './canary';
import { howToConfigure, readSettings } from './config/readSettings';
import type { AiMeshSettings } from './config/settings';
import { startsWithoutPlugin } from './config/startsWithoutPlugin';
import {
  AskerLimits,
  concealing,
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
  ReadableEntities,
  RecentAnswers,
  RecentSight,
  reviewView,
  routesView,
  securityView,
  sloDashboardView,
  sloRulesView,
  slosView,
  replayView,
  topologyView,
  tracesView,
  unusableSettings,
  VeiledCanaryDesk,
  veilNeighbours,
  type CanaryDeskOptions,
  type ReadOptions,
} from './http';
import {
  ChangedPlaces,
  factTimings,
  gatherFacts,
  JoinedTargets,
  MeshEntities,
  RunningFacts,
  scorecardRules,
} from './facts';
import { FixAnnouncer, FixApplications, FixRequests } from './fixes';
import { FleetEntities, FleetService, FleetStandings } from './fleet';
import { GitHosts } from './gitHosts';
import { ConfigurationSignal } from './live/ConfigurationSignal';
import { OwnMetrics } from './ownMetrics/OwnMetrics';
import { OverviewService } from './overview';
import { PeopleNotifier } from './people';
import { RecentFindings, ReviewService } from './review';
import { RoutesService, routedServices } from './routes';
import {
  meshControlPlane,
  meshControlPlaneQuery,
  SecurityService,
} from './security';
import {
  AiModelEntities,
  budgetAlertsQuery,
  ObjectivesSource,
  readBudgetAlert,
  RecentWorstSlos,
  SloService,
} from './slo';
import { SourceFinder } from './source';
import { catalogForCallers } from './target/catalogForCallers';
import { DefaultMeshClusters } from './target/DefaultMeshClusters';
import { EntityTargetResolver } from './target/EntityTargetResolver';
import {
  CatalogClaims,
  ClaimedTargets,
  ContestedClaims,
  HiddenNeighbours,
  ServiceOwnerships,
  SystemTargets,
  TargetsForReaders,
  type Readers,
} from './target/ownership';
import { MeshHours, MeshTables } from './telemetry';
import {
  MeshWide,
  OwningEntities,
  ReplayService,
  TopologyService,
} from './topology';
import { TracesService } from './traces';
import { WebhookClient } from './webhooks';

/**
 * AI Mesh's backend: reads the service mesh around the catalog's entities.
 *
 * @public
 */
export const aiMeshPlugin = createBackendPlugin({
  pluginId: 'ai-mesh',
  register(env) {
    const addedDialects: MetricDialect[] = [];
    env.registerExtensionPoint(metricDialectsExtensionPoint, {
      addDialects: (...dialects) => {
        addedDialects.push(...dialects);
      },
    });
    const addedGates: CanaryGate[] = [];
    env.registerExtensionPoint(canaryGatesExtensionPoint, {
      addGates: (...gates) => {
        addedGates.push(...gates);
      },
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootLifecycle: coreServices.rootLifecycle,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        urlReader: coreServices.urlReader,
      },
      async init({
        actionsRegistry,
        auditor,
        auth,
        catalog,
        config,
        database,
        events,
        httpAuth,
        httpRouter,
        lifecycle,
        logger,
        metrics,
        notifications,
        permissions,
        permissionsRegistry,
        rootLifecycle,
        scheduler,
        signals,
        urlReader,
      }) {
        const callersCatalog = catalogForCallers(catalog, auth);
        const entities = new ReadableEntities({
          catalog: callersCatalog,
          permissions,
        });
        let settings: AiMeshSettings;
        try {
          settings = readSettings(config);
        } catch (error) {
          if (
            !(error instanceof InputError) ||
            !startsWithoutPlugin(config, 'ai-mesh')
          ) {
            throw error;
          }
          logger.error(error.message);
          permissionsRegistry.addPermissions(aiMeshPermissions);
          httpRouter.use(
            unusableSettings({ httpAuth, entities, why: error.message }),
          );
          return;
        }
        const rules = scorecardRules(settings.scorecard);
        if (settings.clusters.length === 0) {
          logger.warn(howToConfigure);
        }
        const clusterNames = settings.clusters.map(({ name }) => name);
        const changes = new ConfigurationSignal({ signals, logger });
        const changedPlaces = new ChangedPlaces(Date.now);
        const clusters = new DefaultMeshClusters(settings, {
          logger,
          onObjects: (kind, at) => {
            changes.changed(kind);
            changedPlaces.changed(kind, at);
          },
        });
        clusters.start();
        const claims = new CatalogClaims({
          catalog,
          auth,
          clusters: clusterNames,
        });
        const ownerships = new ServiceOwnerships({
          clusters,
          claims,
          settings: settings.ownership,
        });
        const ownershipsOf = (services: readonly ServiceRef[]) =>
          ownerships.of(services);
        const neighbours = { clusters, ownerships, claims };
        const isAnonymous = settings.neighbours === 'anonymous';
        const conceal = isAnonymous
          ? concealing({
              neighbours,
              clusters: clusterNames,
              credentials: () => auth.getOwnServiceCredentials(),
            })
          : undefined;
        const canarySignal = new CanarySignal({ signals, logger });
        const ownMetrics = new OwnMetrics({ metrics, logger });
        const people = {
          notifications,
          catalog,
          auth,
          logger,
          approvers: settings.canary.approvers,
        };
        const canaries = new RunningCanaries({
          database,
          clusters,
          announcer: announceToAll(
            new PeopleAnnouncer({
              people: new PeopleNotifier({
                ...people,
                about: 'canaries, which go on all the same',
              }),
              signal: canarySignal,
              ownershipsOf,
              conceal,
            }),
            new EventAnnouncer({ events, logger, conceal }),
          ),
          rules: {
            ...settings.canary,
            presets: canaryPresets(
              settings.canary.defaults,
              settings.canary.presets,
            ),
          },
          gates: settings.canary.gates,
          codeGates: addedGates,
          webhooks: settings.canary.webhooks.map(
            webhook => new WebhookClient(webhook),
          ),
          history: settings.canary.history,
          ownershipsOf,
          onCheck: check => ownMetrics.checked(check),
          logger,
        });
        lifecycle.addShutdownHook(() => ownMetrics.stop());
        httpRouter.use(ownMetrics.measureRequests);
        await canaries.start();
        await scheduler.scheduleTask({
          id: 'forget-canaries',
          // A task for all replicas would need the database at the start, which may still be away.
          scope: 'local',
          frequency: { hours: 6 },
          initialDelay: { minutes: 5 },
          timeout: { minutes: 10 },
          fn: () => canaries.forget(),
        });
        // The database goes with the shutdown itself: canaries have to be left in order before that.
        rootLifecycle.addBeforeShutdownHook(() => canaries.stop());
        lifecycle.addShutdownHook(async () => {
          changes.stop();
          canarySignal.stop();
          await clusters.stop();
        });

        const security = new SecurityService({
          lookBackSeconds: settings.security.lookBackMs / 1000,
        });
        const sight = new RecentSight(entities);
        const owners = new OwningEntities({ ownerships, readers: sight });
        const resolver = new EntityTargetResolver(clusters, {
          ...settings.ownership,
          routedServices,
        });
        const targetsBy = (readers: Readers) =>
          new TargetsForReaders({
            resolver,
            ownerships,
            readers,
            clusters: clusterNames,
          });
        const shownTargets = targetsBy(sight);
        const targets = targetsBy(entities);
        const claimed = new ClaimedTargets({
          clusters,
          claims,
          ownerships,
          now: Date.now,
        });
        const contested = new ContestedClaims(claimed);
        const hidden = new HiddenNeighbours({ ...neighbours, readers: sight });
        const tables = new MeshTables({
          ...settings.fleet,
          controlPlane: meshControlPlaneQuery(),
        });
        lifecycle.addShutdownHook(() => tables.stop());
        const mesh = new MeshWide({ clusters, tables, hours: new MeshHours() });
        const review = new ReviewService({
          readSecurity: (target, telemetry, now) =>
            security.readFacts(target, telemetry, now),
        });
        const findings = new RecentFindings(review);
        const integrations = ScmIntegrations.fromConfig(config);
        for (const problem of settings.slo.problems) {
          logger.warn(problem);
        }
        const objectives = new ObjectivesSource({
          reader: urlReader,
          resolveUrl: (url, base) => integrations.resolveUrl({ url, base }),
          limits: settings.slo.limits,
        });
        lifecycle.addShutdownHook(() => objectives.stop());
        const modelEntities = new AiModelEntities({ catalog: callersCatalog });
        const slos = new SloService({
          settings: {
            ...settings.slo,
            dialects: [...addedDialects, ...settings.slo.dialects],
          },
          objectives,
          models: modelEntities,
        });
        const worstSlos = new RecentWorstSlos(slos);
        const routes = new RoutesService(settings.slo.podLabels, tables);
        const overviews = new OverviewService({
          tables,
          canariesOf: target => canaries.glance(target),
          canariesMark: target => canaries.glanceMark(target),
          countFindings: (target, now) => findings.count(target, now),
          worstSloOf: reader => worstSlos.of(reader),
        });
        const plainOverviews = new OverviewService({
          canariesOf: target => canaries.glance(target),
        });
        // Facts are told to everybody who may see the entity: they show nothing that is another's.
        const ownTargets = targetsBy({
          look: async () => ({ seen: new Set(), readable: new Set() }),
        });
        const joinedTargets = new JoinedTargets();
        const meshEntities = new MeshEntities({ catalog, auth });
        const ownCredentials = () => auth.getOwnServiceCredentials();
        const facts = new RunningFacts({
          database,
          scheduler,
          timings: factTimings(settings.facts),
          rules,
          entities: () => meshEntities.list(),
          changed: changedPlaces,
          events,
          notifications,
          gather: (entity, now) =>
            gatherFacts(
              entity,
              {
                credentials: ownCredentials,
                resolveTarget: async one =>
                  joinedTargets.of(
                    await ownTargets.resolve(one, await ownCredentials()),
                  ),
                overview: ({ target, ...reader }) =>
                  plainOverviews.overview(target, { window: '1h' }, reader),
                routes: ({ target, ...context }) =>
                  routes.routes(target, { window: '1h' }, context),
                security: ({ target, ...context }) =>
                  security.security(target, context),
                review: ({ target, ...context }) =>
                  review.review(target, context),
                slos: ({ credentials, ...context }) =>
                  slos.slos({ window: '1h' }, context, credentials),
                canaries: target => canaries.past(target),
                conceal,
              },
              now,
            ),
          logger,
        });
        await facts.start();
        lifecycle.addShutdownHook(() => facts.stop());
        ownMetrics.start({
          canaries: () => canaries.numbers(),
          clusters: () => clusters.numbers(new Date()),
          facts: () => facts.numbers(),
        });
        const fleet = new FleetService({
          entities: new FleetEntities({
            catalog: callersCatalog,
            readers: entities,
            standings: new FleetStandings(() => facts.service),
            targets: claimed,
            settings: settings.ownership,
          }),
          look: () => mesh.look(),
          controlPlane: meshControlPlane,
          levels: rules.levels,
          hiddenAmong: async (peers, credentials) =>
            isAnonymous
              ? hidden.among(peers, { clusters: [] }, credentials)
              : [],
        });
        const fixRequests = new FixRequests({
          database,
          scheduler,
          hosts: new GitHosts(integrations, settings.fixes.periodMs),
          tickMs: settings.fixes.periodMs,
          logger,
          now: () => new Date(),
        });
        await fixRequests.start();
        const fixApplications = new FixApplications({
          database,
          scheduler,
          auditor,
          announcer: new FixAnnouncer({
            people: new PeopleNotifier({
              ...people,
              about: 'fixes, which go on all the same',
            }),
            conceal,
          }),
          clusters,
          ownershipsOf,
          canaryOn: object => canariesOn(object)[0],
          rules: settings.canary,
          logger,
          now: () => new Date(),
        });
        await fixApplications.start();
        // The database goes with the shutdown itself: what is being written is recorded before that.
        rootLifecycle.addBeforeShutdownHook(() => fixApplications.stop());
        permissionsRegistry.addPermissions(aiMeshPermissions);
        const views = [
          overviewView(overviews),
          topologyView(
            new TopologyService({
              tables,
              countFindings: (target, now) => findings.countEach(target, now),
              objectiveOf: reader => worstSlos.known(reader),
            }),
            credentials => owners.forReader(credentials),
          ),
          replayView(
            new ReplayService({
              alerts: { query: budgetAlertsQuery, read: readBudgetAlert },
            }),
          ),
          routesView(routes),
          securityView(security),
          mayCallView(security, isAnonymous ? hidden : undefined),
          tracesView(new TracesService()),
          reviewView(
            review,
            new SourceFinder(settings.gitOps),
            fixRequests,
            fixApplications,
          ),
          slosView(slos),
          sloRulesView(slos),
          sloDashboardView(slos),
        ];
        const veil = isAnonymous
          ? veilNeighbours(hidden, clusterNames)
          : undefined;
        const reading: ReadOptions = {
          entities: sight,
          resolveTarget: (entity, credentials) =>
            shownTargets.resolve(entity, credentials),
          systems: new SystemTargets({
            catalog: callersCatalog,
            readers: entities,
            targets: shownTargets,
          }),
          ...(veil && { veil }),
          now: () => new Date(),
        };
        const deskOptions: CanaryDeskOptions = {
          entities,
          resolveTarget: (entity, credentials) =>
            targets.resolve(entity, credentials),
          permissions,
          auditor,
          ownershipsOf,
          claims: settings.ownership.claims,
          canaries: () => canaries.service,
        };
        const desk = veil
          ? new VeiledCanaryDesk(deskOptions, veil)
          : new CanaryDesk(deskOptions);
        const limits = new AskerLimits(settings.limits);
        registerActions(actionsRegistry, {
          views,
          reading,
          desk,
          limits,
          facts: () => facts.service,
        });
        httpRouter.use(
          createRouter(
            views,
            {
              httpAuth,
              answers: new RecentAnswers(reading, sight),
              ...reading,
            },
            [
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
                  resourcesOf: credentials =>
                    modelEntities.forReader(credentials),
                  ...(veil && { veil }),
                  now: () => new Date(),
                }),
              },
              {
                operations: fixesOperations,
                router: fixesRouter({
                  httpAuth,
                  permissions,
                  auditor,
                  review,
                  requests: fixRequests,
                  applications: fixApplications,
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
                  ownershipsOf,
                  claims: settings.ownership.claims,
                  canaries: () => canaries.service,
                  fleet,
                  ...(veil && { veil }),
                  now: () => new Date(),
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
            ],
            limitRequests(httpAuth, limits),
          ),
        );
      },
    });
  },
});
