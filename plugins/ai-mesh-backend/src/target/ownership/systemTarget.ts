import type { Words } from '@ai-mesh/plugin-ai-mesh-common';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { ClusterTarget, Target } from '../Target';
import { ownersOf } from './Claimant';

/** What all components of a System have in the mesh, as one. */
export function systemTarget(
  system: Entity,
  components: readonly Target[],
  leftOut: readonly Words[],
): Target {
  const searched = new Map(
    components
      .flatMap(one => one.searched)
      .map(one => [one.cluster.name, one] as const),
  );
  return {
    entityRef: stringifyEntityRef(system),
    owners: ownersOf(system),
    resolution: {
      annotation: 'spec.system',
      value: components.map(({ entityRef }) => entityRef).join(', '),
      searched: components.flatMap(({ resolution }) => resolution.searched),
      ownership: components.flatMap(
        ({ resolution }) => resolution.ownership ?? [],
      ),
    },
    clusters: [...searched.keys()].flatMap(name => {
      const here = components.flatMap(({ clusters }) =>
        clusters.filter(({ cluster }) => cluster.name === name),
      );
      return here.length > 0 ? united(here) : [];
    }),
    searched: [...searched.values()],
    system: { componentOf: componentsByName(components), leftOut },
  };
}

/** What several entities have on one cluster. */
function united(here: readonly ClusterTarget[]): ClusterTarget {
  const moreParts = here.reduce((sum, one) => sum + (one.moreParts ?? 0), 0);
  return {
    cluster: here[0].cluster,
    snapshot: here[0].snapshot,
    services: distinct(here.flatMap(({ services }) => services)),
    workloads: distinct(here.flatMap(({ workloads }) => workloads)),
    parts: distinct(here.flatMap(({ parts = [] }) => parts)),
    ...(moreParts > 0 && { moreParts }),
    proven: {
      services: distinct(here.flatMap(({ proven }) => proven?.services ?? [])),
      workloads: distinct(
        here.flatMap(({ proven }) => proven?.workloads ?? []),
      ),
    },
  };
}

/** Two components may share a Service. */
function distinct<T extends object>(all: readonly T[]): T[] {
  return [...new Map(all.map(one => [JSON.stringify(one), one])).values()];
}

/** Of what several components have, the first of those whose it provably is, else the first. */
function componentsByName(components: readonly Target[]): Map<string, string> {
  const byName = new Map<string, string>();
  const add = (
    entityRef: string,
    cluster: string,
    things: readonly { namespace: string; name: string }[] = [],
  ) =>
    things.forEach(({ namespace, name }) => {
      const key = `${cluster}/${namespace}/${name}`;
      byName.set(key, byName.get(key) ?? entityRef);
    });
  const each = components.flatMap(({ entityRef, clusters }) =>
    clusters.map(one => ({ entityRef, ...one })),
  );
  for (const { entityRef, cluster, proven } of each) {
    add(entityRef, cluster.name, proven?.services);
    add(entityRef, cluster.name, proven?.workloads);
  }
  for (const { entityRef, cluster, services, workloads } of each) {
    add(entityRef, cluster.name, services);
    add(entityRef, cluster.name, workloads);
  }
  return byName;
}
