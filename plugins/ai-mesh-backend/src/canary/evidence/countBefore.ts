import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  histogramQuantile,
  newestSample,
  rate,
  selector,
  sumBy,
} from '../../prometheus/promql';
import { istioLabels, istioMetrics } from '../../telemetry/istioLabels';
import { reportedOnce } from '../../telemetry/reportedOnce';
import type { CountedBefore } from '../gates';
import type { Tally } from '../statistics';
import { askParts } from './askParts';
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
import {
  LOOK_BACK_SECONDS,
  slicesBefore,
  type SlicesBefore,
} from './slicesBefore';
import { slowAbove } from './slowBound';
import { versionSeries } from './VersionSeries';

interface LookBack extends Pick<
  CountedBefore,
  'newest' | 'slowAboveMs' | 'slowIsNative' | 'byPicker'
> {
  until: number;
  slices: Measured<SlicesBefore>;
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
  all: SlicesBefore,
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
