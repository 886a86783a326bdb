import { unknown, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import { inTurns } from '../target/inTurns';
import type { ClusterTelemetry, NamespacedName, RateRow } from '../telemetry';
import {
  encryptionNowQuery,
  encryptionQuery,
  namespacePlaintextQuery,
} from './encryptionQueries';
import type { CalledEnds } from './CalledEnds';
import { NO_REPORTER } from '../telemetry/chooseReporters';
import { istioLabels } from '../telemetry/istioLabels';
import { rangeOf, type LookBack } from './LookBack';

/** Who called some services over the look-back, and whether encrypted. */
export interface AskedEncryption {
  readonly encryption: Measured<readonly RangeSeries[]>;
  readonly encryptionNow: Measured<readonly RateRow[]>;
  readonly namespacePlaintext: Measured<readonly RangeSeries[]>;
}

/**
 * Three questions, however many services and callers there are.
 *
 * @param ends - of the cluster that is asked: rows come back between real ends
 */
export async function askEncryption(
  telemetry: ClusterTelemetry,
  services: readonly NamespacedName[],
  lookBack: LookBack,
  now: Date,
  ends: CalledEnds,
): Promise<AskedEncryption> {
  const namespaces = [...new Set(services.map(({ namespace }) => namespace))];
  const { stepSeconds, recentSeconds } = lookBack;
  const range = rangeOf(lookBack, now);
  const [encryption, encryptionNow, namespacePlaintext] = await Promise.all([
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
  ]);
  await inTurns();
  return {
    encryption: reportersTold(ends.read(encryption)),
    encryptionNow: reportersTold(ends.read(encryptionNow)),
    namespacePlaintext: ends.read(namespacePlaintext),
  };
}

/** Rows of which every one says who reported it: those of which none can be told apart count nothing. */
export function reportersTold<T extends { labels: Record<string, string> }>(
  rows: Measured<readonly T[]>,
): Measured<readonly T[]> {
  return rows.status === 'known' &&
    rows.value.some(({ labels }) => !labels[istioLabels.reporter])
    ? unknown('no-such-label', NO_REPORTER)
    : rows;
}
