import type { Replay } from '@ai-mesh/plugin-ai-mesh-common';
import { FIELD_MANAGER } from '../kubernetes/fieldManagers';
import type { KubernetesObject } from '../kubernetes/kinds';
import { lastChangesOf } from '../kubernetes/lastChanges';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import { resolveRoutes } from '../routes';
import type { Target } from '../target/Target';

/** More within one span are a migration, which nobody reads mark by mark. */
const MOST_CHANGES = 50;

/**
 * What was changed within a span of the entity's own services and the objects that route to them and run them, oldest first:
 * a Service that was created then may have had another name before. The portal's own changes are left out: they are steps of canaries, which are known better.
 */
export function changesWithin(
  { clusters }: Target,
  { start, end }: { start: Date; end: Date },
): Replay['changes'] {
  return clusters
    .flatMap(({ snapshot, services, workloads }) => {
      const objects = new Set<KubernetesObject>();
      for (const { namespace, name } of services) {
        resolveRoutes(snapshot, { namespace, name }).objects.forEach(object =>
          objects.add(object),
        );
        const service = snapshot.get('Service', namespace, name);
        if (service) {
          objects.add(service);
        }
        for (const { kind, ...workload } of [
          ...(service ? workloadsOfService(snapshot, service) : []),
          ...workloads,
        ]) {
          const object =
            kind === 'Deployment' ||
            kind === 'StatefulSet' ||
            kind === 'DaemonSet'
              ? snapshot.get(kind, workload.namespace, workload.name)
              : undefined;
          if (object) {
            objects.add(object);
          }
        }
      }
      return [...objects].flatMap(object =>
        lastChangesOf(object)
          .filter(
            ({ at, by }) => at > start && at <= end && by !== FIELD_MANAGER,
          )
          .map(({ at, by }) => ({
            at: at.toISOString(),
            ...(by !== undefined && { by }),
            object: {
              cluster: snapshot.cluster,
              apiVersion: object.apiVersion,
              kind: object.kind,
              ...(object.metadata.namespace !== undefined && {
                namespace: object.metadata.namespace,
              }),
              name: object.metadata.name,
            },
          })),
      );
    })
    .sort((a, b) => a.at.localeCompare(b.at))
    .slice(-MOST_CHANGES);
}
