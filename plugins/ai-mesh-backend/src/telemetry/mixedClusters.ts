import { said, wording, type Sentences } from '@ai-mesh/plugin-ai-mesh-common';
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
): Sentences | undefined {
  const sharing = sharersOf(cluster, configured).map(({ name }) => `'${name}'`);
  if (names.strangers.length > 1) {
    return said(
      wording('source.strangers', {
        cluster: cluster.name,
        strangers: names.strangers.join(', '),
      }),
    );
  }
  return sharing.length > 0 && names.areUnlabelled
    ? said(
        wording('source.shared', {
          cluster: cluster.name,
          others: sharing.join(', '),
        }),
      )
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
