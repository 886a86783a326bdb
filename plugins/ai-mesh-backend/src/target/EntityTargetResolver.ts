import { allSaid, said, wording } from '@ai-mesh/plugin-ai-mesh-common';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { worded } from '../worded';
import { isPartOf } from '../kubernetes/isPartOf';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import { concerns, findTarget } from './findTarget';
import type { Found } from './Found';
import type { MeshClusters } from './MeshClusters';
import { parseTargetQuery } from './parseTargetQuery';
import { quoted } from './LabelSelector';
import { ownersOf } from './ownership/Claimant';
import type { ServicePart, Target } from './Target';
import type { TargetQuery } from './TargetQuery';

/** A Service may have several versions, each a workload of its own. */
const WORKLOADS_PER_SERVICE = 5;

/** The Services of its namespace that the routes of a Service name beside it, and whether they are sent its requests. */
export type RoutedServices = (
  snapshot: MeshSnapshot,
  service: { namespace: string; name: string },
) => { namespace: string; name: string; standsIn: boolean }[];

/** Finds what an entity owns in the mesh. */
export class EntityTargetResolver {
  readonly #clusters: MeshClusters;
  readonly #mostServices: number;
  readonly #routedServices: RoutedServices;

  /**
   * @param options - `mostServices`: an annotation that finds more is refused; `routedServices`: by which the versions of
   * a Service that are Services themselves are found
   */
  constructor(
    clusters: MeshClusters,
    {
      mostServices,
      routedServices = () => [],
    }: { mostServices: number; routedServices?: RoutedServices },
  ) {
    this.#clusters = clusters;
    this.#mostServices = mostServices;
    this.#routedServices = routedServices;
  }

  /**
   * Looks at every cluster that the entity's annotation concerns, at all of them at once: one that does not answer is
   * waited for no longer than its snapshot takes, and its row says why it has nothing.
   *
   * @throws NotFoundError where the entity has no annotation for the mesh; InputError where it cannot be read, or finds
   * more than one entity can own
   */
  async resolve(entity: Entity): Promise<Target> {
    const clusters = this.#clusters.list();
    const names = clusters.map(({ name }) => name);
    const query = parseTargetQuery(entity, names);
    const searched = await Promise.all(
      clusters
        .filter(cluster => concerns(query, cluster))
        .map(async cluster => {
          const snapshot = await cluster.snapshots.snapshot();
          const found = findTarget(query, cluster, snapshot, clusters.length);
          const all = this.#partsOf(snapshot, found.services);
          const parts = all.slice(0, this.#mostServices);
          const moreParts = all.length - parts.length;
          return { cluster, snapshot, found, parts, moreParts };
        }),
    );
    this.#checkSize(
      stringifyEntityRef(entity),
      query,
      searched.map(({ found }) => found),
    );
    return {
      entityRef: stringifyEntityRef(entity),
      owners: ownersOf(entity),
      resolution: {
        annotation: query.annotation,
        value: query.value,
        searched: searched.map(({ cluster, found, parts }) => ({
          cluster: cluster.name,
          selector: found.selector,
          ...(found.selectorWords && { selectorWords: found.selectorWords }),
          services: [...found.services, ...parts.map(nameOf)],
          workloads: found.workloads,
          ...(found.why?.length && allSaid(said(...found.why))),
        })),
      },
      clusters: searched
        .map(({ cluster, snapshot, found, parts, moreParts }) => ({
          cluster,
          snapshot,
          services: [
            ...found.services,
            ...found.presumed,
            ...parts.map(nameOf),
          ],
          workloads: found.workloads,
          ...(parts.length > 0 && { parts }),
          ...(moreParts > 0 && { moreParts }),
        }))
        .filter(
          ({ services, workloads }) => services.length + workloads.length > 0,
        ),
      searched: searched.map(({ cluster, snapshot }) => ({
        cluster,
        snapshot,
      })),
    };
  }

  /**
   * The Services among which routes divide a Service's requests: those that nothing but its own workloads is behind, and
   * those that stand in for it.
   */
  #partsOf(
    snapshot: MeshSnapshot,
    services: readonly { namespace: string; name: string }[],
  ): ServicePart[] {
    const found = new Map(services.map(one => [keyOf(one), one]));
    const parts = new Map<string, ServicePart>();
    for (const whole of services) {
      for (const routed of this.#routedServices(snapshot, whole)) {
        const { standsIn, ...part } = routed;
        if (found.has(keyOf(part)) || parts.has(keyOf(part))) {
          continue;
        }
        if (isPartOf(snapshot, part, whole)) {
          parts.set(keyOf(part), { ...part, of: whole.name });
        } else if (standsIn && isRun(snapshot, part)) {
          parts.set(keyOf(part), { ...part, of: whole.name, byRoute: true });
        }
      }
    }
    return [...parts.values()];
  }

  #checkSize(
    entityRef: string,
    { annotation, value }: TargetQuery,
    found: readonly Found[],
  ): void {
    const count = (of: 'services' | 'presumed' | 'workloads') =>
      found.reduce((sum, one) => sum + one[of].length, 0);
    const services = count('services') + count('presumed');
    const workloads = count('workloads');
    if (
      services > this.#mostServices ||
      workloads > WORKLOADS_PER_SERVICE * this.#mostServices
    ) {
      throw worded(
        InputError,
        wording('annotation.tooWide', {
          annotation,
          part: quoted(value),
          entity: entityRef,
          services,
          workloads,
          mostServices: this.#mostServices,
          mostWorkloads: WORKLOADS_PER_SERVICE * this.#mostServices,
        }),
      );
    }
  }
}

/** Whether workloads of the cluster answer for a Service. */
function isRun(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
): boolean {
  const service = snapshot.get('Service', namespace, name);
  return (
    service !== undefined && workloadsOfService(snapshot, service).length > 0
  );
}

function keyOf({ namespace, name }: { namespace: string; name: string }) {
  return `${namespace}/${name}`;
}

function nameOf({ namespace, name }: ServicePart) {
  return { namespace, name };
}
