import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { endpointsOf } from '../kubernetes/endpointsOf';
import { unknownKind } from '../kubernetes/unknownKind';
import type { ClusterTarget } from '../target/Target';
import {
  ClusterTelemetry,
  inScope,
  latencyQuery,
  requestsQuery,
  tcpQuery,
  type RateRow,
} from '../telemetry';
import { sparklineQuery, type sparklineRange } from './sparkline';

/** What an overview is made of, of one cluster. */
export type GatheredOverview = Awaited<ReturnType<typeof gatherOverview>>;

/** Four questions a cluster. */
export async function gatherOverview(
  { cluster, snapshot, services }: ClusterTarget,
  windowSeconds: number,
  range: ReturnType<typeof sparklineRange>,
) {
  const scope = { to: services, from: [] };
  const telemetry = new ClusterTelemetry(cluster);
  const [requests, buckets, tcp, series] = await Promise.all([
    telemetry.rates('requests', requestsQuery(scope, windowSeconds)),
    telemetry.rates('latency', latencyQuery(scope, windowSeconds)),
    telemetry.rates('tcp', tcpQuery(scope, windowSeconds)),
    telemetry.series('sparkline', sparklineQuery(services), range),
  ]);
  const ours = (rows: Measured<RateRow[]>): Measured<RateRow[]> =>
    rows.status === 'known' ? known(rows.value.filter(inScope(scope))) : rows;
  return {
    name: cluster.name,
    telemetry,
    services,
    requests: ours(requests),
    buckets: ours(buckets),
    tcp: ours(tcp),
    series,
    endpoints: services
      .filter(
        ({ namespace, name }) =>
          snapshot.get('Service', namespace, name)?.spec?.type !==
          'ExternalName',
      )
      .map(
        ({ namespace, name }) =>
          unknownKind(snapshot, 'Service') ??
          endpointsOf(snapshot, namespace, name),
      ),
  };
}
