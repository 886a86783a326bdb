import type { PrometheusClient } from '../prometheus/PrometheusClient';
import type { ClusterNames, NamedCluster } from './ClusterNames';

/** A configured cluster with what is asked of its metrics. */
export interface AskedCluster extends NamedCluster {
  readonly prometheus?: Pick<PrometheusClient, 'series'>;
}

/**
 * What to know of a Prometheus that answers for several clusters and does not say which series are whose: what is counted
 * for one may be another's, or be there twice. Undefined where there is nothing to say.
 *
 * @param names - that have seen the answer
 */
export function mixedClusters(
  cluster: AskedCluster,
  configured: readonly AskedCluster[],
  names: Pick<ClusterNames, 'areUnlabelled' | 'strangers'>,
): string | undefined {
  const sharing = sharersOf(cluster, configured).map(({ name }) => `'${name}'`);
  if (names.strangers.length > 1) {
    return `The Prometheus of '${cluster.name}' has reports of ${names.strangers.join(', ')}, none of which is a configured cluster; all are counted as '${cluster.name}'. Say in aiMesh.clusters[].istioCluster what Istio calls each.`;
  }
  return sharing.length > 0 && names.areUnlabelled
    ? `'${cluster.name}' and ${sharing.join(', ')} are read from one Prometheus whose series name no cluster (source_cluster, destination_cluster): what is counted for one may be another's. Give each cluster extraLabels that tell its series apart.`
    : undefined;
}

/** The other clusters whose questions go to the same series of the same Prometheus. */
export function sharersOf(
  cluster: AskedCluster,
  configured: readonly AskedCluster[],
): AskedCluster[] {
  const series = cluster.prometheus?.series;
  return configured.filter(
    ({ name, prometheus }) =>
      name !== cluster.name &&
      series !== undefined &&
      prometheus?.series === series,
  );
}
