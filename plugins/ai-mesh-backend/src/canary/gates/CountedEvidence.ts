import {
  addSlice,
  beginEvidence,
  beginStep,
  isIll,
  type ShareEvidence,
  type Slice,
  type Tally,
} from '../statistics';
import {
  said,
  type CanaryCallers,
  type CanaryPlan,
  type Sentences,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Reporter } from '../../telemetry/istioLabels';
import { addCallers } from './addCallers';
import { leftOut } from './leftOut';
import { attribute, NONE_LOST, type LostRequests } from './lostRequests';
import { boundsOf, shareNames, within, type ShareName } from './shareBounds';

/** Requests that were counted one by one between two moments, Unix seconds by Prometheus' clock. */
export interface CountedSlice {
  from: number;
  to: number;
  /** When the canary's counters were scraped last up to then; absent where there is none. */
  newest?: number;
  /** Whose reports count for any of the service's calls; absent where nobody chose. */
  reporters?: readonly Reporter[];
  /** Of what is slow nothing is said where proxies have no bucket that ends there. */
  shares: Record<Exclude<ShareName, 'slow'>, Slice> & { slow?: Slice };
  /** Failed requests that reached no version. */
  lost: number;
  /** Requests of series that were not there before: of a new pod, or of a first failure; see `isJump`. */
  born: number;
  /** Series that are back after a gap: what they counted meanwhile may be theirs of long ago. */
  returned: number;
  /** The canary's, by the cluster of the caller. */
  byCluster?: readonly CanaryCallers[];
  promql?: CountPromql;
}

/** What counts both versions' requests since the weights changed last: the queries to repeat it. */
export interface CountPromql {
  canary: string;
  stable: string;
}

/** What a run has learnt from counts; kept with the canary, so that it survives restarts and goes on anywhere. */
export interface CountedEvidence {
  /** All up to here is counted, Unix seconds by Prometheus' clock. */
  until: number;
  /** When the canary's counters were scraped last, up to `until`; absent where that was not known. */
  newest?: number;
  /** Whose reports count for any of the service's calls, as of the last slice; absent where that is not known. */
  reporters?: readonly Reporter[];
  /** The weights have changed since: what is counted next is of both, until a scrape after the first slice. */
  crossing?: { until?: number };
  /** What counts for the present weights is counted from here on; absent in records of older releases. */
  stepFrom?: number;
  /** As they were asked last. */
  promql?: CountPromql;
  shares: Record<Exclude<ShareName, 'slow'>, ShareEvidence> & {
    slow?: ShareEvidence;
  };
  /** What counts as slow; absent where no histogram tells. */
  slowAboveMs?: number;
  /** Whether native histograms tell it; else classic ones. */
  slowIsNative?: true;
  /** In the last slice somebody's histogram did not tell what was slow. */
  slowUntold?: true;
  /** The histogram that the time to the first token is tested by; absent where there was none before the start. */
  firstToken?: string;
  /** Endpoint pickers count, since Istio's metrics had nothing before the start; else Istio's do. */
  byPicker?: true;
  /** The service's requests a second, as they were before the start and in all slices since. */
  usual: { requests: number; seconds: number };
  /** Requests that reached no version, over all, and how many of them were taken for the canary's: of run and step. */
  lost: LostRequests;
  lostOfStep: LostRequests;
  /** The canary's requests since the start, by the cluster of the caller. */
  byCluster?: CanaryCallers[];
  /** The shares of which the stable version was beyond the bound in the last slice. */
  ill?: ShareName[];
  /** The last slice that could not be counted whole, and was left out for both versions. */
  leftOut?: { at: string } & Sentences;
}

/** How it was before the start: slices of the stable version alone. */
export interface CountedBefore {
  until: number;
  /** When the stable version's counters were scraped last, up to `until`. */
  newest?: number;
  slices: Record<Exclude<ShareName, 'slow'>, readonly Tally[]>;
  usual: CountedEvidence['usual'];
  slowAboveMs?: number;
  slowIsNative?: true;
  byPicker?: true;
}

export function beginCounting(before: CountedBefore): CountedEvidence {
  const { slices, slowAboveMs, ...rest } = before;
  return {
    ...rest,
    shares: {
      errorRate: beginEvidence(slices.errorRate),
      throttled: beginEvidence(slices.throttled),
      ...(slowAboveMs !== undefined && { slow: beginEvidence() }),
    },
    ...(slowAboveMs !== undefined && { slowAboveMs }),
    lost: NONE_LOST,
    lostOfStep: NONE_LOST,
  };
}

/**
 * The weights have changed. When that was is known by our clock alone, which may differ from Prometheus', or jump: so the
 * next slice holds requests of before and of after, and so do those until the next scrape. They are evidence for a
 * roll-back as any other, and none for an advance.
 */
export function countFromNewWeights(counted: CountedEvidence): CountedEvidence {
  return {
    ...counted,
    crossing: {},
    stepFrom: counted.until,
    lostOfStep: NONE_LOST,
    shares: mapShares(counted.shares, beginStep),
  };
}

/** The end of the last slice is so long before a write that is decided on it has reached the proxies. */
export const WRITE_SECONDS = 5;

/**
 * Takes a slice in, or leaves it out where it cannot be counted whole; either way it is done with, and no request is fed
 * twice.
 *
 * @param usualLostShare - the most that lost requests over all may have been before the start; undefined where that is
 *   not known
 */
export function takeIn(
  counted: CountedEvidence,
  slice: CountedSlice,
  {
    plan,
    usualLostShare,
    scrapeSeconds,
    at,
  }: {
    plan: CanaryPlan;
    usualLostShare: number | undefined;
    scrapeSeconds: number;
    at: Date;
  },
): CountedEvidence {
  const { crossing } = counted;
  const crossingUntil =
    crossing?.until ?? slice.from + scrapeSeconds + WRITE_SECONDS;
  const done = {
    ...counted,
    until: slice.to,
    newest: slice.newest,
    reporters: slice.reporters,
    crossing:
      crossing && slice.to < crossingUntil
        ? { until: crossingUntil }
        : undefined,
    // What crosses the change of the weights counts for neither.
    stepFrom: crossing ? slice.to : counted.stepFrom,
    promql: slice.promql ?? counted.promql,
    slowUntold:
      counted.shares.slow && !slice.shares.slow ? (true as const) : undefined,
    leftOut: undefined,
  };
  const whyNot = leftOut(counted, slice);
  if (whyNot) {
    return {
      ...done,
      ill: undefined,
      leftOut: { at: at.toISOString(), ...said(whyNot) },
    };
  }
  const { canary, stable } = slice.shares.errorRate;
  const all = canary.requests + stable.requests + slice.lost;
  const lost = attribute(counted.lost, slice.lost, all, usualLostShare);
  const canarys = lost.attributed - counted.lost.attributed;
  const bounds = boundsOf(plan);
  const slices = {
    ...slice.shares,
    errorRate: {
      stable,
      canary: {
        requests: canary.requests + canarys,
        bad: canary.bad + canarys,
      },
    },
  };
  const ill = shareNames.filter(name => {
    const part = slices[name];
    return part && isIll(part, within(bounds[name].rollBackAbove));
  });
  return {
    ...done,
    ill,
    lost,
    lostOfStep: {
      requests: counted.lostOfStep.requests + slice.lost,
      all: counted.lostOfStep.all + all,
      attributed: counted.lostOfStep.attributed + canarys,
    },
    byCluster: addCallers(counted.byCluster, slice.byCluster),
    usual: {
      requests: counted.usual.requests + all,
      seconds: counted.usual.seconds + slice.to - slice.from,
    },
    shares: mapShares(counted.shares, (evidence, name) => {
      const part = slices[name];
      return part && part.canary.requests + part.stable.requests > 0
        ? addSlice(evidence, part, bounds[name].nonInferiorityMargin, {
            ill: ill.includes(name),
            crossing: crossing !== undefined,
          })
        : evidence;
    }),
  };
}

function mapShares(
  shares: CountedEvidence['shares'],
  change: (evidence: ShareEvidence, name: ShareName) => ShareEvidence,
): CountedEvidence['shares'] {
  return {
    errorRate: change(shares.errorRate, 'errorRate'),
    throttled: change(shares.throttled, 'throttled'),
    ...(shares.slow && { slow: change(shares.slow, 'slow') }),
  };
}
