import type { RunningCanaries } from '../canary';
import type { AiMeshSettings } from '../config/settings';
import {
  factTimings,
  gatherFacts,
  JoinedTargets,
  MeshEntities,
  RunningFacts,
  type scorecardRules,
} from '../facts';
import { overviewTotal } from '../overview';
import type { Analyses } from './analysesOf';
import type { Seen } from './seenBy';
import type { Services } from './services';
import type { Mesh } from './startMesh';

/** Gathers each entity's facts now and then, and keeps them. */
export async function startFacts(
  {
    auth,
    catalog,
    database,
    events,
    lifecycle,
    logger,
    notifications,
    scheduler,
  }: Services,
  {
    settings,
    rules,
    mesh,
    seen,
    analyses: { review, routes, security, slos },
    canaries,
  }: {
    settings: AiMeshSettings;
    rules: ReturnType<typeof scorecardRules>;
    mesh: Mesh;
    seen: Seen;
    analyses: Analyses;
    canaries: RunningCanaries;
  },
): Promise<RunningFacts> {
  // Facts are told to everybody who may see the entity: they show nothing that is another's.
  const ownTargets = seen.targetsBy({
    look: async () => ({ seen: new Set(), readable: new Set() }),
  });
  const joinedTargets = new JoinedTargets();
  const entities = new MeshEntities({ catalog, auth });
  const credentials = () => auth.getOwnServiceCredentials();
  const facts = new RunningFacts({
    database,
    scheduler,
    timings: factTimings(settings.facts),
    rules,
    entities: () => entities.list(),
    changed: mesh.changedPlaces,
    events,
    notifications,
    languages: settings.notifications.languages,
    gather: (entity, now) =>
      gatherFacts(
        entity,
        {
          credentials,
          resolveTarget: async one =>
            joinedTargets.of(
              await ownTargets.resolve(one, await credentials()),
            ),
          overview: ({ target }) => overviewTotal(target, '1h'),
          routes: ({ target, ...context }) =>
            routes.routes(
              target,
              { window: '1h' },
              { ...context, withoutBreakers: true },
            ),
          security: ({ target, ...context }) =>
            security.security(target, context),
          review: ({ target, ...context }) => review.review(target, context),
          slos: ({ credentials: reader, ...context }) =>
            slos.slos({ window: '1h' }, { ...context, mostCharts: 0 }, reader),
          canaries: (target, since) => canaries.past(target, since),
          canariesKeptMs: settings.canary.history.keepForMs,
          conceal: mesh.conceal,
        },
        now,
      ),
    logger,
  });
  await facts.start();
  lifecycle.addShutdownHook(() => facts.stop());
  return facts;
}
