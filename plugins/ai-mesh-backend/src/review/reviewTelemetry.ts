import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { groupBy } from '../kubernetes/groupBy';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { serviceHost } from '../routes/hosts';
import {
  breakerStats,
  chooseReporters,
  inScope,
  istioLabels,
  parseClusterName,
  PEAK_STATISTIC,
  readLatency,
  readTraffic,
  responseFlags,
  STATISTIC_LABEL,
  sumRates,
  type NamespacedName,
  type RateRow,
} from '../telemetry';
import { egressHosts } from './egressHosts';
import { LONG_SECONDS, type GatheredReview } from './gatherReview';
import type { ReviewTelemetry } from './ReviewSubject';

/** A hundredth of fewer requests is less than one. */
const LEAST_REQUESTS = 100;

/** Reads one service's part of what was gathered. */
export function reviewTelemetry(
  snapshot: MeshSnapshot,
  service: NamespacedName,
  gathered: GatheredReview,
): ReviewTelemetry {
  const ours = inScope({ to: [service], from: [] });
  const requests = picked(gathered.requests, ours);
  const buckets = picked(gathered.buckets, ours);
  return {
    requestsPerSecond:
      requests.status === 'known'
        ? readTraffic(requests.value, known([]), 1).requestsPerSecond
        : requests,
    p99Ms: p99(buckets),
    p99MsByVersion: p99By(istioLabels.destinationVersion, buckets),
    p99MsByWorkload: p99By(istioLabels.destinationWorkload, buckets),
    cutOffRatio: cutOffRatio(requests),
    ...proxyStatistics(snapshot, service, gathered),
    egress: egressHosts(snapshot, gathered.workloadsOf(service), gathered),
  };
}

/** The rows of one reporter an edge. */
function picked(
  rows: Measured<readonly RateRow[]>,
  ours: (row: RateRow) => boolean,
): Measured<readonly RateRow[]> {
  if (rows.status === 'unknown') {
    return rows;
  }
  const own = rows.value.filter(ours);
  return known(chooseReporters(own).pick(own));
}

function p99(buckets: Measured<readonly RateRow[]>): Measured<number> {
  if (buckets.status === 'unknown') {
    return buckets;
  }
  const perSecond = sumRates(
    buckets.value.filter(({ labels }) => labels[istioLabels.bucket] === '+Inf'),
  );
  const count = perSecond * LONG_SECONDS;
  if (buckets.value.length > 0 && count < LEAST_REQUESTS) {
    return unknown('no-traffic', [
      wording(
        Math.floor(count) === 1 ? 'figure.oneForP99' : 'figure.fewForP99',
        {
          count: Math.floor(count),
          least: LEAST_REQUESTS,
        },
      ),
    ]);
  }
  const latency = readLatency(
    buckets,
    buckets.value.length > 0 ? perSecond : 1,
  );
  return latency.p99.status === 'known'
    ? known(latency.p99.value.valueMs)
    : latency.p99;
}

/** Of the values that are asked for: there may be thousands, of which rules name a few. */
function p99By(
  label: string,
  buckets: Measured<readonly RateRow[]>,
): ReviewTelemetry['p99MsByVersion'] {
  if (buckets.status === 'unknown') {
    return new Map();
  }
  const groups = groupBy(buckets.value, ({ labels }) =>
    label in labels ? [labels[label]] : [],
  );
  return {
    get: value => {
      const rows = groups.get(value);
      const found = rows && p99(known(rows));
      return found?.status === 'known' ? found.value : undefined;
    },
  };
}

function cutOffRatio(requests: Measured<readonly RateRow[]>): Measured<number> {
  if (requests.status === 'unknown') {
    return requests;
  }
  const total = sumRates(requests.value);
  return total > 0
    ? known(Math.min(1, (responseFlags(requests.value).UT ?? 0) / total))
    : unknown('no-traffic', [wording('figure.noRequests')]);
}

/** What the callers' proxies export of their breakers. */
function proxyStatistics(
  snapshot: MeshSnapshot,
  service: NamespacedName,
  { breakers, requests }: Pick<GatheredReview, 'breakers' | 'requests'>,
): Pick<
  ReviewTelemetry,
  'peakInFlight' | 'breakersExported' | 'overflowPerSecond'
> {
  if (breakers.status === 'unknown') {
    return {
      peakInFlight: breakers,
      breakersExported: breakers,
      overflowPerSecond: breakers,
    };
  }
  const host = serviceHost(service, snapshot.clusterDomain);
  const rows = breakers.value.filter(
    ({ labels }) => parseClusterName(labels.cluster_name ?? '')?.host === host,
  );
  const isPeak = ({ labels }: RateRow) =>
    labels[STATISTIC_LABEL] === PEAK_STATISTIC;
  const peaks = rows.filter(isPeak).map(({ rate }) => rate);
  const statistics = rows
    .filter(row => !isPeak(row))
    .map(({ labels, rate }) => ({ labels, value: rate }));
  return {
    peakInFlight:
      peaks.length > 0
        ? known(Math.max(...peaks))
        : unknown('not-exported', [wording('figure.noActiveRequests')]),
    breakersExported: exported(
      statistics.length > 0,
      requests,
      inScope({ to: [service], from: [] }),
    ),
    overflowPerSecond: breakerStats(statistics).overflowPerSecond,
  };
}

/** Without a caller that has a proxy there is nobody who could export anything. */
function exported(
  found: boolean,
  requests: Measured<readonly RateRow[]>,
  ours: (row: RateRow) => boolean,
): Measured<boolean> {
  if (found) {
    return known(true);
  }
  if (requests.status === 'unknown') {
    return requests;
  }
  return requests.value.some(
    row => ours(row) && row.labels[istioLabels.reporter] === 'source',
  )
    ? known(false)
    : unknown('no-traffic', [wording('figure.noCallingProxy')]);
}
