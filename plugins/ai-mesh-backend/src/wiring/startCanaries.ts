import type { CanaryGate } from '@ai-mesh/plugin-ai-mesh-node';
import {
  announceToAll,
  canaryPresets,
  CanarySignal,
  EventAnnouncer,
  PeopleAnnouncer,
  RunningCanaries,
} from '../canary';
import type { AiMeshSettings } from '../config/settings';
import type { OwnMetrics } from '../ownMetrics/OwnMetrics';
import { PeopleNotifier } from '../people';
import { WebhookClient } from '../webhooks';
import type { Services } from './services';
import type { Mesh } from './startMesh';

/** Goes on with the canaries that there are, and forgets those that ended long ago. */
export async function startCanaries(
  services: Services,
  {
    settings,
    mesh,
    codeGates,
    ownMetrics,
  }: {
    settings: AiMeshSettings;
    mesh: Mesh;
    codeGates: CanaryGate[];
    ownMetrics: OwnMetrics;
  },
): Promise<RunningCanaries> {
  const { auth, catalog, database, events, logger, notifications } = services;
  const { clusters, conceal, ownershipsOf } = mesh;
  const signal = new CanarySignal({ signals: services.signals, logger });
  services.lifecycle.addShutdownHook(() => signal.stop());
  const canaries = new RunningCanaries({
    database,
    clusters,
    announcer: announceToAll(
      new PeopleAnnouncer({
        people: new PeopleNotifier({
          notifications,
          catalog,
          auth,
          logger,
          approvers: settings.canary.approvers,
          languages: settings.notifications.languages,
          about: 'canaries, which go on all the same',
        }),
        signal,
        ownershipsOf,
        conceal,
      }),
      new EventAnnouncer({ events, logger, conceal }),
    ),
    rules: {
      ...settings.canary,
      presets: canaryPresets(settings.canary.defaults, settings.canary.presets),
    },
    gates: settings.canary.gates,
    codeGates,
    webhooks: settings.canary.webhooks.map(
      webhook => new WebhookClient(webhook),
    ),
    history: settings.canary.history,
    ownershipsOf,
    onCheck: check => ownMetrics.checked(check),
    logger,
  });
  await canaries.start();
  await services.scheduler.scheduleTask({
    id: 'forget-canaries',
    // A task for all replicas would need the database at the start, which may still be away.
    scope: 'local',
    frequency: { hours: 6 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 10 },
    fn: () => canaries.forget(),
  });
  // The database goes with the shutdown itself: canaries have to be left in order before that.
  services.rootLifecycle.addBeforeShutdownHook(() => canaries.stop());
  return canaries;
}
