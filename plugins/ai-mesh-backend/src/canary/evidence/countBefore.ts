import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  InstantSample,
  RangeSeries,
} from '../../prometheus/PrometheusClient';
import { bucketsOf } from '../../prometheus/histogram';
import {
  eq,
  grownOver,
  histogramQuantile,
  newestSample,
  or,
  rate,
  selector,
  sumBy,
  tag,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';
import { istioLabels, istioMetrics } from '../../telemetry/istioLabels';
import { reportedOnce, type Reports } from '../../telemetry/reportedOnce';
import type { CountedBefore } from '../gates';
import type { Tally } from '../statistics';
import { askParts, fromPrometheus } from './askParts';
import {
  BUCKETS,
  CLOCK,
  DURATIONS,
  NO_CLOCK,
  SETTLE_SECONDS,
} from './countQueries';
import { PART_LABEL, type PartName } from './gateQueries';
import type { EvidenceRequest } from './gatherEvidence';
import { placeOf, reportsAt } from './MeshPlace';
import { pickerBefore } from './countByPicker';
import { pickersOf } from './pickerQueries';
import { failedRequests } from './requestQueries';
import { versionSeries } from './VersionSeries';

/** How long before the start is looked at, for how much failures come in clumps. */
export const LOOK_BACK_SECONDS = 1800;

interface LookBack extends Pick<
  CountedBefore,
  'newest' | 'slowAboveMs' | 'slowIsNative' | 'byPicker'
> {
  until: number;
  /** With all that were asked for, also those without any request. */
  slices: Measured<Record<'errorRate' | 'throttled', Tally[]>>;
}

/**
 * What the stable version was like before the canary had any traffic, and from when on requests are counted. Slices
 * that could not be had are left out: what is not known of clumps is learnt on the way.
 *
 * @param sliceSeconds - no shorter than two scrapes
 */
export async function countBefore(
  request: EvidenceRequest,
  sliceSeconds: number,
): Promise<Measured<CountedBefore>> {
  const looked = await lookBack(request, sliceSeconds);
  if (looked.status === 'unknown') {
    return looked;
  }
  const { slices, ...rest } = looked.value;
  return known({
    ...rest,
    ...countedBefore(
      slices.status === 'known'
        ? slices.value
        : { errorRate: [], throttled: [] },
      sliceSeconds,
    ),
  });
}

/** The stable version's requests of late, as they will be looked back at when a canary starts. */
export interface TrafficOfLate {
  requestsPerSecond: number;
  /** How long was looked back. */
  seconds: number;
  before: CountedBefore;
}

/** The same, where it is the traffic itself that is asked for: then it is unknown where it could not be had. */
export async function trafficOfLate(
  request: EvidenceRequest,
  sliceSeconds: number,
): Promise<Measured<TrafficOfLate>> {
  const looked = await lookBack(request, sliceSeconds);
  if (looked.status === 'unknown') {
    return looked;
  }
  const { slices, ...rest } = looked.value;
  if (slices.status === 'unknown') {
    return slices;
  }
  const seconds = slices.value.errorRate.length * sliceSeconds;
  const requests = slices.value.errorRate.reduce(
    (sum, tally) => sum + tally.requests,
    0,
  );
  return requests > 0
    ? known({
        seconds,
        requestsPerSecond: requests / seconds,
        before: { ...rest, ...countedBefore(slices.value, sliceSeconds) },
      })
    : unknown('no-traffic', [
        wording('figure.noneLately', {
          minutes: Math.round(LOOK_BACK_SECONDS / 60),
        }),
      ]);
}

function countedBefore(
  all: Record<'errorRate' | 'throttled', Tally[]>,
  sliceSeconds: number,
): Pick<CountedBefore, 'slices' | 'usual'> {
  const busy = (slices: Tally[]) =>
    slices.filter(({ requests }) => requests > 0);
  const errorRate = busy(all.errorRate);
  return {
    slices: { errorRate, throttled: busy(all.throttled) },
    usual: {
      requests: errorRate.reduce((sum, { requests }) => sum + requests, 0),
      seconds: errorRate.length * sliceSeconds,
    },
  };
}

async function lookBack(
  request: EvidenceRequest,
  sliceSeconds: number,
): Promise<Measured<LookBack>> {
  const { snapshot, settleSeconds = SETTLE_SECONDS } = request;
  const { requests } = versionSeries(snapshot, request.stable);
  if (requests.status === 'unknown') {
    return requests;
  }
  const to = requests.value;
  const reports = {
    matchers: to,
    to,
    ...reportsAt(placeOf(request)),
  };
  const answer = await askParts(request, [
    CLOCK,
    {
      part: 'newest',
      version: 'stable',
      expr: newestSample(selector(istioMetrics.requests, ...to), settleSeconds),
    },
    {
      part: 'buckets',
      version: 'stable',
      expr: sumBy(
        [istioLabels.bucket],
        reportedOnce({
          ...reports,
          metric: BUCKETS,
          read: series => rate(series, LOOK_BACK_SECONDS),
        }),
      ),
    },
    {
      part: 'native-p99',
      version: 'stable',
      expr: histogramQuantile(
        0.99,
        sumBy(
          [],
          reportedOnce({
            ...reports,
            metric: DURATIONS,
            read: series => rate(series, LOOK_BACK_SECONDS),
          }),
        ),
      ),
    },
  ]);
  if (answer.status === 'unknown') {
    return answer;
  }
  const samplesOf = (part: PartName) =>
    answer.value.filter(({ labels }) => labels[PART_LABEL] === part);
  const [time] = samplesOf(CLOCK.part);
  if (!time) {
    return NO_CLOCK;
  }
  const until = time.value - settleSeconds;
  const slices = await slicesBefore(request, reports, sliceSeconds, until);
  const pickers =
    slices.status === 'known' && slices.value.errorRate.length === 0
      ? pickersOf(request)
      : undefined;
  if (pickers) {
    const before = await pickerBefore(request, pickers, {
      lookBackSeconds: LOOK_BACK_SECONDS,
      sliceSeconds,
      until,
    });
    if (before.status === 'unknown') {
      return before;
    }
    // Where neither counts anything yet, Istio's metrics are waited for.
    if (before.value.slices.errorRate.length > 0) {
      const { slowAboveMs, slices: counted } = before.value;
      return known({
        until,
        byPicker: true,
        slices: known(counted),
        ...(slowAboveMs !== undefined && { slowAboveMs }),
      });
    }
  }
  const [newest] = samplesOf('newest');
  return known({
    until,
    slices,
    ...(newest && { newest: newest.value }),
    ...slowAbove(samplesOf('buckets'), samplesOf('native-p99')),
  });
}

type Samples = readonly InstantSample[];

/** Where proxies export both, the classic histogram's bounds count: they are the same in all of them. */
function slowAbove(
  classic: Samples,
  [nativeP99]: Samples,
): Pick<CountedBefore, 'slowAboveMs' | 'slowIsNative'> {
  const slowAboveMs = slowBound(classic);
  if (slowAboveMs !== undefined) {
    return { slowAboveMs };
  }
  return nativeP99 && nativeP99.value > 0 && Number.isFinite(nativeP99.value)
    ? {
        // Every native histogram has a bound there, so that whole requests are counted.
        slowAboveMs: 2 ** Math.ceil(Math.log2(nativeP99.value)),
        slowIsNative: true,
      }
    : {};
}

/** The bound of the bucket that the p99 lies in: at most one request of a hundred is slower. */
function slowBound(samples: Samples): number | undefined {
  const buckets = bucketsOf(samples);
  const all = buckets.get(Infinity) ?? 0;
  const bounds = [...buckets]
    .filter(([bound, rateBelow]) => bound < Infinity && rateBelow >= 0.99 * all)
    .map(([bound]) => bound);
  return all > 0 && bounds.length > 0 ? Math.min(...bounds) : undefined;
}

async function slicesBefore(
  { cluster, prometheus, signal }: EvidenceRequest,
  reports: Omit<Reports, 'metric' | 'read'>,
  sliceSeconds: number,
  until: number,
): Promise<LookBack['slices']> {
  const read: Reports['read'] = series => grownOver(series, sliceSeconds);
  const requests = (...matchers: Matcher[]) =>
    sumBy(
      [],
      reportedOnce({
        ...reports,
        metric: istioMetrics.requests,
        matchers: [...reports.matchers, ...matchers],
        read,
      }),
    );
  const part = (name: string, expr: Expr) => tag(expr, PART_LABEL, name);
  const answer = await fromPrometheus(cluster, prometheus, async client => {
    const { warnings, series } = await client.queryRange(
      or(
        part('all', requests()),
        part('failed', failedRequests({ ...reports, read })),
        part('throttled', requests(eq(istioLabels.responseCode, '429'))),
      ),
      {
        start: new Date((until - LOOK_BACK_SECONDS) * 1000),
        end: new Date(until * 1000),
        stepSeconds: sliceSeconds,
      },
      { signal },
    );
    return { warnings, value: series };
  });
  return answer.status === 'known'
    ? known({
        errorRate: tallies(answer.value, 'failed'),
        throttled: tallies(answer.value, 'throttled'),
      })
    : answer;
}

function tallies(series: readonly RangeSeries[], bad: string): Tally[] {
  const valuesOf = (name: string) =>
    new Map(series.find(({ labels }) => labels[PART_LABEL] === name)?.values);
  const badAt = valuesOf(bad);
  return [...valuesOf('all')].map(([at, requests]) => ({
    requests,
    // A series that nobody has counted yet has counted nothing.
    bad: Math.min(badAt.get(at) ?? 0, requests),
  }));
}
