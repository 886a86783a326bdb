import {
  known,
  said,
  wording,
  wordsOf,
  type Health,
  type Measured,
  type Onset,
  type Overview,
  type Slowness,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import { sumEndpoints } from '../kubernetes/endpointsOfServices';
import {
  chooseReporters,
  istioLabels,
  readHealth,
  readLately,
  readOnset,
  readSlowness,
  readTraffic,
  readUsual,
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
    return unknownTraffic(nothing.reason, nothing.words ?? nothing.message);
  }
  const { requests, buckets } = countedRows(gathered);
  return readTraffic(requests, buckets, windowSeconds);
}

/** What has begun in the last minute, over the clusters that answered. */
export function totalOnset(
  gathered: readonly GatheredOverview[],
  windowSeconds: number,
): Onset | undefined {
  const { requests, lately } = countedRows(gathered);
  return readOnset(readLately(lately, requests, windowSeconds));
}

/** How much longer requests take than they used to, where every cluster that answered says so. */
export function totalSlowness(
  gathered: readonly GatheredOverview[],
  total: Traffic,
  windowSeconds: number,
): Slowness | undefined {
  const { usual } = countedRows(gathered);
  return usual.status === 'known'
    ? readSlowness(total, readUsual(usual.value, windowSeconds))
    : undefined;
}

/** Requests of all clusters, each once: a call between two of them is reported in both. */
function countedRows(gathered: readonly GatheredOverview[]): {
  requests: RateRow[];
  buckets: Measured<RateRow[]>;
  usual: Measured<RateRow[]>;
  lately: RateRow[];
} {
  const answered = gathered.filter(
    ({ requests }) => requests.status === 'known',
  );
  const all = answered.flatMap(({ requests }) =>
    requests.status === 'known' ? requests.value : [],
  );
  const reporters = chooseReporters(all);
  const ofAll = (part: 'buckets' | 'usual') =>
    answered.reduce<Measured<RateRow[]>>(
      (sum, cluster) => both(sum, cluster[part], rows => reporters.pick(rows)),
      known([]),
    );
  return {
    requests: reporters.pick(all),
    buckets: ofAll('buckets'),
    usual: ofAll('usual'),
    lately: reporters.pick(
      answered.flatMap(({ lately }) =>
        lately.status === 'known' ? lately.value : [],
      ),
    ),
  };
}

/** What each cluster's part of the entity got; undefined where it is on one alone. */
export function trafficByCluster(
  gathered: readonly GatheredOverview[],
  windowSeconds: number,
): Overview['traffic']['clusters'] {
  if (gathered.length < 2) {
    return undefined;
  }
  const { requests, buckets } = countedRows(gathered);
  return gathered.map(({ name, requests: own }) => {
    const here = ({ labels }: RateRow) =>
      labels[istioLabels.destinationCluster] === name;
    const rows = requests.filter(here);
    return {
      cluster: name,
      traffic:
        rows.length === 0 && own.status === 'unknown'
          ? unknownTraffic(own.reason, own.words ?? own.message)
          : readTraffic(
              rows,
              both(known([]), buckets, all => all.filter(here)),
              windowSeconds,
            ),
    };
  });
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
  { onset, slowness }: { onset?: Onset; slowness?: Slowness },
  isPast = false,
): Health {
  // What objects tell is only known of now.
  const present = isPast ? [] : gathered;
  const health = readHealth(
    total,
    sumEndpoints(present.flatMap(({ endpoints }) => endpoints)),
    slowness,
    onset,
    present.flatMap(({ cutOff }) => cutOff)[0],
  );
  const missing = gathered
    .filter(({ requests }) => requests.status === 'unknown')
    .map(({ name }) => name);
  // Healthy is said of what was seen; what was not seen could be anything.
  return missing.length === 0 || missing.length === gathered.length
    ? health
    : {
        status: health.status === 'healthy' ? 'unknown' : health.status,
        ...said(
          ...wordsOf(health),
          wording('health.without', { clusters: missing.join(', ') }),
        ),
      };
}

export function withoutServices() {
  return {
    status: 'unknown' as const,
    reason: 'not-configured' as const,
    ...said(wording('health.noService')),
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
