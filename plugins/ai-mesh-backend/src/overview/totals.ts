import {
  known,
  type Endpoints,
  type Health,
  type Measured,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  chooseReporters,
  readHealth,
  readTraffic,
  unknownTraffic,
  type RateRow,
} from '../telemetry';
import type { GatheredOverview } from './gatherOverview';

/** Over the clusters that answered. Percentiles of a part would mislead: they need every one of those. */
export function totalTraffic(
  gathered: readonly GatheredOverview[],
  windowSeconds: number,
): Traffic {
  const nothing = whyNothing(gathered);
  if (nothing) {
    return unknownTraffic(nothing.reason, nothing.message);
  }
  const requests: RateRow[] = [];
  let buckets: Measured<RateRow[]> = known([]);
  for (const cluster of gathered) {
    if (cluster.requests.status === 'known') {
      const reporters = chooseReporters(cluster.requests.value);
      requests.push(...reporters.pick(cluster.requests.value));
      buckets = both(buckets, cluster.buckets, rows => reporters.pick(rows));
    }
  }
  return readTraffic(requests, buckets, windowSeconds);
}

function both(
  sum: Measured<RateRow[]>,
  more: Measured<RateRow[]>,
  pick: (rows: RateRow[]) => RateRow[],
): Measured<RateRow[]> {
  if (sum.status === 'unknown') {
    return sum;
  }
  return more.status === 'unknown'
    ? more
    : known([...sum.value, ...pick(more.value)]);
}

export function healthOf(
  total: Traffic,
  gathered: readonly GatheredOverview[],
): Health {
  const health = readHealth(total, sumEndpoints(gathered));
  const missing = gathered
    .filter(({ requests }) => requests.status === 'unknown')
    .map(({ name }) => name);
  // Healthy is said of what was seen; what was not seen could be anything.
  return missing.length === 0 || missing.length === gathered.length
    ? health
    : {
        status: health.status === 'healthy' ? 'unknown' : health.status,
        message: `${health.message} Without the telemetry of ${missing.join(', ')}.`,
      };
}

function sumEndpoints(
  gathered: readonly GatheredOverview[],
): Measured<Endpoints> | undefined {
  const all = gathered.flatMap(({ endpoints }) => endpoints);
  const counted = all.flatMap(endpoints =>
    endpoints.status === 'known' ? [endpoints.value] : [],
  );
  return all.length === 0 || counted.length < all.length
    ? undefined
    : known({
        ready: counted.reduce((sum, { ready }) => sum + ready, 0),
        total: counted.reduce((sum, { total }) => sum + total, 0),
      });
}

export function withoutServices() {
  return {
    status: 'unknown' as const,
    reason: 'not-configured' as const,
    message: 'No Service belongs to the entity, so nobody can call it.',
  };
}

/** Why there is nothing, where no cluster answered; undefined where one did. */
export function whyNothing(
  gathered: readonly GatheredOverview[],
): (Measured<never> & { status: 'unknown' }) | undefined {
  let failed: (Measured<never> & { status: 'unknown' }) | undefined;
  for (const { requests } of gathered) {
    if (requests.status === 'known') {
      return undefined;
    }
    failed ??= requests;
  }
  return failed ?? withoutServices();
}
