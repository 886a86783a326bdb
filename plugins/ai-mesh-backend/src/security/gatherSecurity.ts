import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import type { ClusterTarget } from '../target/Target';
import { ClusterTelemetry, type RateRow } from '../telemetry';
import { certificatesQuery, controlPlaneQuery } from './certificateQueries';
import {
  deniedQuery,
  encryptionNowQuery,
  encryptionQuery,
  namespacePlaintextQuery,
} from './encryptionQueries';
import { rangeOf, type LookBack } from './LookBack';

/** What Prometheus says of the services of one cluster. */
export interface GatheredSecurity {
  readonly telemetry: ClusterTelemetry;
  readonly encryption: Measured<readonly RangeSeries[]>;
  readonly encryptionNow: Measured<readonly RateRow[]>;
  readonly namespacePlaintext: Measured<readonly RangeSeries[]>;
  readonly denied: Measured<readonly RangeSeries[]>;
  readonly proxies: Measured<readonly RateRow[]>;
  readonly controlPlane: Measured<readonly RateRow[]>;
}

/** Six questions a cluster, however many services and callers there are. */
export async function gatherSecurity(
  { cluster, services }: Pick<ClusterTarget, 'cluster' | 'services'>,
  lookBack: LookBack,
  now: Date,
): Promise<GatheredSecurity> {
  const telemetry = new ClusterTelemetry(cluster);
  const namespaces = [...new Set(services.map(({ namespace }) => namespace))];
  const { stepSeconds, recentSeconds } = lookBack;
  const range = rangeOf(lookBack, now);
  const [
    encryption,
    encryptionNow,
    namespacePlaintext,
    denied,
    proxies,
    controlPlane,
  ] = await Promise.all([
    telemetry.series(
      'encryption',
      encryptionQuery(services, stepSeconds),
      range,
    ),
    telemetry.rates('encryption', encryptionNowQuery(services, recentSeconds)),
    telemetry.series(
      'encryption',
      namespacePlaintextQuery(namespaces, stepSeconds),
      range,
    ),
    telemetry.series('denied', deniedQuery(services, stepSeconds), range),
    telemetry.rates('certificates', certificatesQuery(namespaces)),
    telemetry.rates('proxies', controlPlaneQuery()),
  ]);
  return {
    telemetry,
    encryption,
    encryptionNow,
    namespacePlaintext,
    denied,
    proxies,
    controlPlane,
  };
}
