import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import type { ClusterTarget } from '../target/Target';
import {
  ClusterTelemetry,
  mixedClusters,
  remarkDroppedLabels,
  type AskedCluster,
  type RateRow,
} from '../telemetry';
import { CalledEnds } from './CalledEnds';
import {
  askEncryption,
  reportersTold,
  type AskedEncryption,
} from './askEncryption';
import { certificatesQuery, controlPlaneQuery } from './certificateQueries';
import { deniedQuery } from './encryptionQueries';
import { rangeOf, type LookBack } from './LookBack';

/** What Prometheus says of the services of one cluster. */
export interface GatheredSecurity extends AskedEncryption {
  readonly telemetry: ClusterTelemetry;
  readonly denied: Measured<readonly RangeSeries[]>;
  readonly proxies: Measured<readonly RateRow[]>;
  readonly controlPlane: Measured<readonly RateRow[]>;
}

/** Six questions a cluster, however many services and callers there are. */
export async function gatherSecurity(
  { cluster, snapshot, services }: ClusterTarget,
  configured: readonly AskedCluster[],
  lookBack: LookBack,
  now: Date,
): Promise<GatheredSecurity> {
  const telemetry = new ClusterTelemetry(cluster);
  const namespaces = [...new Set(services.map(({ namespace }) => namespace))];
  const { stepSeconds } = lookBack;
  const range = rangeOf(lookBack, now);
  const ends = new CalledEnds(cluster, configured, snapshot);
  const [encryption, denied, proxies, controlPlane] = await Promise.all([
    askEncryption(telemetry, services, lookBack, now, ends),
    telemetry.series('denied', deniedQuery(services, stepSeconds), range),
    telemetry.rates('certificates', certificatesQuery(namespaces)),
    telemetry.rates('proxies', controlPlaneQuery(namespaces)),
  ]);
  const calls = ends.read(denied);
  telemetry.remark(mixedClusters(cluster, configured, ends.names));
  if (
    [encryption.encryption, encryption.encryptionNow].every(
      rows => rows.status === 'known' && rows.value.length === 0,
    )
  ) {
    await remarkDroppedLabels(telemetry, services);
  }
  return {
    telemetry,
    ...encryption,
    denied: reportersTold(calls),
    proxies,
    controlPlane,
  };
}
