import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { workloadsOfService } from '../kubernetes/workloadsOfService';
import { or } from '../prometheus/promql';
import { serviceHost } from '../routes/hosts';
import type { ClusterTarget } from '../target/Target';
import {
  breakersQuery,
  latencyQuery,
  peakQuery,
  remarkUntoldCallers,
  requestsQuery,
  ServiceReports,
  tcpQuery,
  type AskedCluster,
  type ClusterTelemetry,
  type NamespacedName,
  type RateRow,
} from '../telemetry';

/** What happens now: load, and what is rejected or cut off. */
const RECENT_SECONDS = 300;
/** What a service needs: its slowest answers and its peaks do not show in a few minutes. */
export const LONG_SECONDS = 3600;

/** What Prometheus says of the services of one cluster, as far as the review asks. */
export interface GatheredReview {
  /** To the services, and from their workloads. Rows of every reporter. */
  readonly requests: Measured<readonly RateRow[]>;
  /** To the services, over {@link LONG_SECONDS}. */
  readonly buckets: Measured<readonly RateRow[]>;
  readonly breakers: Measured<readonly RateRow[]>;
  /** Connections from the services' workloads. */
  readonly connections: Measured<readonly RateRow[]>;
  /** The workloads behind a service. */
  readonly workloadsOf: (service: NamespacedName) => readonly NamespacedName[];
}

/**
 * Four questions a cluster, however many services and destinations there are.
 *
 * @param configured - every cluster, to name those that metrics name
 */
export async function gatherReview(
  telemetry: ClusterTelemetry,
  {
    cluster,
    snapshot,
    services,
  }: Pick<ClusterTarget, 'cluster' | 'snapshot' | 'services'>,
  configured: readonly AskedCluster[],
): Promise<GatheredReview> {
  const behind = new Map(
    services.map(({ namespace, name }) => {
      const service = snapshot.get('Service', namespace, name);
      return [
        `${namespace}/${name}`,
        service ? workloadsOfService(snapshot, service) : [],
      ];
    }),
  );
  const from = [...behind.values()].flat();
  const hosts = services.map(service =>
    serviceHost(service, snapshot.clusterDomain),
  );
  const reports = new ServiceReports(cluster, configured, snapshot, services);
  const { around } = reports;
  const breakers = breakersQuery(hosts, RECENT_SECONDS);
  const peak = peakQuery(hosts, LONG_SECONDS);
  const [requestRows, buckets, statistics, connections] = await Promise.all([
    telemetry.rates(
      'requests',
      requestsQuery({ to: services, from, around }, RECENT_SECONDS),
    ),
    telemetry.rates(
      'latency',
      latencyQuery({ to: services, from: [], around }, LONG_SECONDS),
    ),
    telemetry.rates('breakers', breakers && peak && or(breakers, peak)),
    telemetry.rates('egress', tcpQuery({ to: [], from }, RECENT_SECONDS)),
  ]);
  const requests = reports.read(requestRows);
  remarkUntoldCallers(telemetry, requests);
  const read = {
    requests,
    buckets: reports.read(buckets),
    connections: reports.read(connections),
  };
  reports.remarkMixed(telemetry);
  return {
    ...read,
    breakers: statistics,
    workloadsOf: ({ namespace, name }) =>
      behind.get(`${namespace}/${name}`) ?? [],
  };
}
