import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { InstantSample } from '../../prometheus/PrometheusClient';
import {
  chooseReporters,
  lacksReporter,
  NO_REPORTER,
  reporterOf,
  REPORTERS,
  untoldCallers,
} from '../../telemetry/chooseReporters';
import { istioLabels, named } from '../../telemetry/istioLabels';
import { sumRates, type RateRow } from '../../telemetry/RateRow';
import { isError, missingErrorLabel } from '../../telemetry/readTraffic';
import { addCallers, type CountedSlice } from '../gates';
import type { Tally } from '../statistics';
import { NO_CLOCK, type CountRequest } from './countQueries';
import { isAt } from './MeshPlace';
import { PART_LABEL, VERSION_LABEL, type VersionName } from './gateQueries';
import { EDGE_LABELS } from './requestQueries';

/** What the samples of `countQueries` count; unknown where they cannot tell failures apart, or are no counts. */
export function readCounts(
  samples: readonly InstantSample[],
  request: Omit<CountRequest, 'ownServices'>,
): Measured<CountedSlice> {
  const { from, slowAboveMs, home, settleSeconds } = request;
  const rowsOf = (part: string, version: VersionName): RateRow[] =>
    samples
      .filter(
        ({ labels }) =>
          labels[PART_LABEL] === part && labels[VERSION_LABEL] === version,
      )
      .filter(isAt(request))
      .map(({ labels, value }) => ({ labels, rate: value }));
  const [clock] = rowsOf('clock', 'canary');
  if (!clock) {
    return NO_CLOCK;
  }
  if (samples.some(({ value }) => !(value >= 0 && value < Infinity))) {
    return unknown('not-exported', [wording('traffic.noNumber')]);
  }
  const counted = [
    ...rowsOf('counted', 'canary'),
    ...rowsOf('counted', 'stable'),
  ];
  if (lacksReporter(counted)) {
    return unknown('no-such-label', NO_REPORTER);
  }
  const untold = untoldCallers(counted);
  if (untold) {
    return unknown('no-such-label', [untold]);
  }
  const tellsNot = missingErrorLabel(counted);
  if (tellsNot) {
    return unknown('no-such-label', [
      wording('figure.labelForFailures', { label: tellsNot }),
    ]);
  }
  const lost = rowsOf('lost', 'canary');
  const reported = [...rowsOf('edges', 'canary'), ...counted, ...lost];
  const chosen = chooseReporters(reported, home);
  const reporters = new Set(
    chosen
      .pick(reported)
      .filter(({ rate }) => rate !== 0)
      .map(reporterOf),
  );
  const ofVersion = (version: VersionName) => {
    const rows = chosen.pick(rowsOf('counted', version));
    const tally = (isBad: (row: RateRow) => boolean): Tally => ({
      requests: sumRates(rows),
      bad: sumRates(rows.filter(isBad)),
    });
    return {
      rows,
      errorRate: tally(isError),
      throttled: tally(
        ({ labels }) => labels[istioLabels.responseCode] === '429',
      ),
      slow: slowOf(chosen.pick(rowsOf('buckets', version))),
    };
  };
  const [canary, stable] = [ofVersion('canary'), ofVersion('stable')];
  const isSlownessTold = [canary, stable].every(
    ({ slow, errorRate }) =>
      slow && (slow.requests > 0 || errorRate.requests === 0),
  );
  // Where the canary's have no sample yet, whoever reports both versions has one of the stable version's.
  const newest = rowsOf('newest', 'canary')[0] ?? rowsOf('newest', 'stable')[0];
  return known({
    from,
    to: clock.rate - settleSeconds,
    ...(newest && { newest: newest.rate }),
    reporters: REPORTERS.filter(one => reporters.has(one)),
    shares: {
      errorRate: { canary: canary.errorRate, stable: stable.errorRate },
      throttled: { canary: canary.throttled, stable: stable.throttled },
      ...(slowAboveMs !== undefined &&
        isSlownessTold && {
          slow: { canary: canary.slow!, stable: stable.slow! },
        }),
    },
    lost: sumRates(chosen.pick(lost).filter(isError)),
    // Two reporters see the same requests begin.
    born: Math.max(0, ...rowsOf('born', 'canary').map(({ rate }) => rate)),
    returned: sumRates(rowsOf('returned', 'canary')),
    byCluster: addCallers(
      canary.rows.map(row => ({
        cluster: named(row.labels, istioLabels.sourceCluster) ?? home,
        requests: row.rate,
        failures: isError(row) ? row.rate : 0,
      })),
    ),
  });
}

/**
 * All, less those in the bucket that is quick enough. Buckets of one scrape never exceed the one of all. Undefined where
 * proxies counted requests and have no bucket of that bound: theirs are others, and how many were quick is not known.
 */
function slowOf(buckets: readonly RateRow[]): Tally | undefined {
  const isAll = ({ labels }: RateRow) => labels[istioLabels.bucket] === '+Inf';
  const edgeOf = ({ labels }: RateRow) =>
    JSON.stringify(EDGE_LABELS.map(label => labels[label] ?? ''));
  const all = buckets.filter(isAll);
  const quick = buckets.filter(row => !isAll(row));
  const told = new Set(quick.map(edgeOf));
  if (all.some(row => row.rate > 0 && !told.has(edgeOf(row)))) {
    return undefined;
  }
  const requests = sumRates(all);
  return { requests, bad: Math.max(0, requests - sumRates(quick)) };
}
