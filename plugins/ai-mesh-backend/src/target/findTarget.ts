import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { findByLabels } from './findByLabels';
import { findServices } from './findServices';
import type { Found } from './Found';
import type { MeshCluster } from './MeshClusters';
import type { TargetQuery } from './TargetQuery';

/** Whether a query is about the cluster at all. */
export function concerns(query: TargetQuery, { name }: MeshCluster): boolean {
  return query.find === 'labels'
    ? query.cluster === undefined || query.cluster === name
    : query.services.some(
        ({ cluster }) => cluster === undefined || cluster === name,
      );
}

/**
 * What a query finds on one cluster.
 *
 * @param clusterCount - how many there are: with one alone, only it can be meant
 */
export function findTarget(
  query: TargetQuery,
  cluster: MeshCluster,
  snapshot: MeshSnapshot,
  clusterCount: number,
): Found {
  if (!concerns(query, cluster)) {
    return { selector: '', services: [], presumed: [], workloads: [] };
  }
  if (query.find === 'labels') {
    return findByLabels(snapshot, query);
  }
  // The same Service may be named twice: that it was named with its cluster is worth more.
  const anywhere = query.services.filter(service => !service.cluster);
  const here = query.services.filter(
    service => service.cluster === cluster.name,
  );
  const unique = new Map(
    [...anywhere, ...here].map(service => [
      `${service.namespace}/${service.name}`,
      service,
    ]),
  );
  return findServices(
    snapshot,
    [...unique.values()],
    service => service.cluster !== undefined || clusterCount === 1,
  );
}
