import type { ScmIntegrations } from '@backstage/integration';
import { canariesOn } from '../canary';
import type { AiMeshSettings } from '../config/settings';
import { FixAnnouncer, FixApplications, FixRequests } from '../fixes';
import { GitHosts } from '../gitHosts';
import { PeopleNotifier } from '../people';
import type { Services } from './services';
import type { Mesh } from './startMesh';

/** Follows the pull requests of fixes, and what is applied in the cluster. */
export async function startFixes(
  {
    auditor,
    auth,
    catalog,
    database,
    logger,
    notifications,
    rootLifecycle,
    scheduler,
  }: Services,
  {
    settings,
    mesh: { clusters, conceal, ownershipsOf },
    integrations,
  }: {
    settings: AiMeshSettings;
    mesh: Mesh;
    integrations: ScmIntegrations;
  },
): Promise<{ requests: FixRequests; applications: FixApplications }> {
  const now = () => new Date();
  const requests = new FixRequests({
    database,
    scheduler,
    hosts: new GitHosts(integrations, settings.fixes.periodMs),
    tickMs: settings.fixes.periodMs,
    logger,
    now,
  });
  await requests.start();
  const applications = new FixApplications({
    database,
    scheduler,
    auditor,
    announcer: new FixAnnouncer({
      people: new PeopleNotifier({
        notifications,
        catalog,
        auth,
        logger,
        approvers: settings.canary.approvers,
        languages: settings.notifications.languages,
        about: 'fixes, which go on all the same',
      }),
      conceal,
    }),
    clusters,
    ownershipsOf,
    canaryOn: object => canariesOn(object)[0],
    rules: settings.canary,
    logger,
    now,
  });
  await applications.start();
  // The database goes with the shutdown itself: what is being written is recorded before that.
  rootLifecycle.addBeforeShutdownHook(() => applications.stop());
  return { requests, applications };
}
