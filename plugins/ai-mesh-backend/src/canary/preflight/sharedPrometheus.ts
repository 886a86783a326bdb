import {
  wordsOf,
  type CanaryPreflightCheck,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  ClusterNames,
  ClusterTelemetry,
  mixedClusters,
  requestsQuery,
  sharersOf,
} from '../../telemetry';
import {
  shortestWindowSeconds,
  type CanaryCluster,
} from '../engine/CanaryCluster';
import { warns, type FoundRoute } from './PreflightSubject';

/** A warning where other clusters' requests may be among those that the canary is judged by. */
export async function sharedPrometheusChecks(
  { cluster, subject }: Pick<FoundRoute, 'cluster' | 'subject'>,
  configured: readonly CanaryCluster[],
): Promise<CanaryPreflightCheck[]> {
  if (sharersOf(cluster, configured).length === 0) {
    return [];
  }
  const rows = await new ClusterTelemetry(cluster).rates(
    'requests',
    requestsQuery(
      { to: [subject.service], from: [], around: [] },
      shortestWindowSeconds(cluster),
    ),
  );
  const names = new ClusterNames(cluster, configured);
  names.name(rows.status === 'known' ? rows.value : []);
  const message = mixedClusters(cluster, configured, names);
  return message === undefined ? [] : [warns('metrics', wordsOf(message))];
}
