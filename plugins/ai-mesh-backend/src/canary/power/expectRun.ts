import type {
  CanaryExpectation,
  CanaryPlan,
} from '@ai-mesh/plugin-ai-mesh-common';
import { known, unknown } from '@ai-mesh/plugin-ai-mesh-common';
import {
  beginCounting,
  boundsOf,
  countFromNewWeights,
  judgeShare,
  noMeasures,
  takeIn,
  type CountedBefore,
  type CountedEvidence,
  type ShareName,
} from '../gates';
import { inTurns } from '../../target/inTurns';
import { shareOf, type Slice, type Tally } from '../statistics';
import {
  beginEvents,
  countEvents,
  decideEvents,
  eventsFromNewWeights,
  JUST_BELOW,
  type ForeseenGates,
  type LearntEvents,
} from './expectEvents';

/** What a run is foreseen from. */
export interface Foreseen {
  plan: CanaryPlan;
  /** The canary's weights on its route, percent, ascending. */
  steps: readonly number[];
  /** What both versions hold together, percent; the canary's part of it now. */
  both: number;
  present: number;
  /** Of all that the route carries. */
  requestsPerSecond: number;
  /** The stable version as it was of late. */
  before: CountedBefore;
  scrapeSeconds: number;
  /** From a request to its count, at the mean. */
  lagSeconds: number;
  /** Absent where the plan has no further gates. */
  further?: ForeseenGates;
}

const NO_GATES: ForeseenGates = { gates: [], events: [] };

/** With 1 of 100 requests slower than its own p99, the stable version is as slow as it can be by that measure. */
const SLOW_SHARE = 0.01;

/**
 * The run that is to be expected, if a share of the canary's requests fails: the judge's own tests, fed with the mean
 * counts of each slice. A test's evidence at the mean counts is close to the median of its evidence, so that the times
 * are those of a run in the middle; single runs scatter around them. A plan of many long steps takes a second of work,
 * which goes on in turns with all else.
 *
 * @param errorRatio - 0..1
 */
export async function expectRun(
  foreseen: Foreseen,
  errorRatio: number,
): Promise<CanaryExpectation> {
  const { plan, steps, scrapeSeconds, lagSeconds, both } = foreseen;
  const { further = NO_GATES } = foreseen;
  let counted = beginCounting(foreseen.before);
  let events = beginEvents(further);
  let percentBefore = foreseen.present;
  let requests = 0;
  let now = 0;
  const end = (
    outcome: CanaryExpectation['outcome'],
    percent: number,
  ): CanaryExpectation => ({
    errorRatio,
    outcome,
    seconds: now,
    requests,
    failures: requests * errorRatio,
    percent,
  });
  for (const [index, percent] of steps.entries()) {
    counted = countFromNewWeights(counted);
    events = eventsFromNewWeights(events);
    /** How old these weights are, seconds. */
    let since = 0;
    let held: number | undefined;
    while (since === 0 || held !== undefined || since < plan.intervalSeconds) {
      await inTurns();
      const next = nextLook(plan, since, now, held);
      const seconds = next - since;
      // What is counted now happened a while ago, and partly under the former weights.
      const former = Math.min(seconds, Math.max(0, lagSeconds - since));
      const share =
        (former * percentBefore + (seconds - former) * percent) / 100;
      events = countEvents(
        further,
        events,
        { canary: share, stable: Math.max(0, (seconds * both) / 100 - share) },
        counted.crossing !== undefined,
      );
      counted = count(foreseen, counted, share, seconds, errorRatio);
      since = next;
      now += seconds;
      requests += (foreseen.requestsPerSecond * seconds * percent) / 100;
      const isYoung = since < 4 * scrapeSeconds;
      const said = decide(foreseen, counted, events, {
        passesHalf: steps[index + 1] > both / 2,
        stableHasTraffic: percent < both,
      });
      if (said === 'breach') {
        return end('rolledBack', percent);
      }
      if (said === 'hold' || isYoung) {
        held = held === undefined ? 0 : held + seconds;
        // Sums of fractions come as close as this.
        if (held > plan.longestHoldSeconds - 1e-6) {
          return end('held', percent);
        }
      } else {
        held = undefined;
      }
    }
    percentBefore = percent;
  }
  return end('promoted', steps.at(-1) ?? foreseen.present);
}

/**
 * The age of the weights at the next look. Looks become rarer the longer it takes: the work grows with the logarithm of
 * the time. Each comes a check later at least, but the ones at the end of the interval and of the longest hold, which
 * none passes by: a sum of fractions might come so close to them that no further step is any.
 */
function nextLook(
  { checkSeconds, intervalSeconds, longestHoldSeconds }: CanaryPlan,
  since: number,
  now: number,
  held: number | undefined,
): number {
  const next = since + Math.max(checkSeconds, since * 0.1, now * 0.01);
  const ends = [
    intervalSeconds,
    ...(held === undefined ? [] : [since + longestHoldSeconds - held]),
  ].filter(end => end > since + 1e-6);
  return Math.min(next, ...ends);
}

/** @param share - seconds of the whole route's traffic that went to the canary */
function count(
  foreseen: Foreseen,
  counted: CountedEvidence,
  share: number,
  seconds: number,
  errorRatio: number,
): CountedEvidence {
  const { plan, both, requestsPerSecond, before, scrapeSeconds } = foreseen;
  const canary = requestsPerSecond * share;
  const stable = Math.max(
    0,
    (requestsPerSecond * seconds * both) / 100 - canary,
  );
  const slice = (ofStable: number, ofCanary = ofStable): Slice => ({
    canary: { requests: canary, bad: canary * ofCanary * JUST_BELOW },
    stable: { requests: stable, bad: stable * ofStable },
  });
  const taken = takeIn(
    counted,
    {
      from: counted.until,
      to: counted.until + seconds,
      shares: {
        errorRate: slice(usual(before.slices.errorRate), errorRatio),
        throttled: slice(usual(before.slices.throttled)),
        ...(before.slowAboveMs !== undefined && { slow: slice(SLOW_SHARE) }),
      },
      lost: 0,
      born: 0,
      returned: 0,
    },
    { plan, usualLostShare: 0, scrapeSeconds, at: new Date(0) },
  );
  // Mean counts do not scatter; how much true ones do is known from before.
  const scattered = (name: ShareName) => {
    const evidence = taken.shares[name];
    return (
      evidence && {
        [name]: { ...evidence, dispersion: counted.shares[name]!.dispersion },
      }
    );
  };
  return {
    ...taken,
    shares: {
      ...taken.shares,
      ...scattered('errorRate'),
      ...scattered('throttled'),
      ...scattered('slow'),
    },
  };
}

/** The share of bad requests over all slices; none where none were seen. */
export function usual(slices: readonly Tally[]): number {
  const sum = slices.reduce<Tally>(
    (all, { requests, bad }) => ({
      requests: all.requests + requests,
      bad: all.bad + bad,
    }),
    { requests: 0, bad: 0 },
  );
  return shareOf(sum) ?? 0;
}

/** What the gates say together that are a share of requests, or of events. */
function decide(
  { plan, further = NO_GATES }: Foreseen,
  counted: CountedEvidence,
  events: LearntEvents,
  where: { passesHalf: boolean; stableHasTraffic: boolean },
): 'pass' | 'breach' | 'hold' {
  const why = unknown('not-configured');
  const context = {
    plan,
    counted: known(counted),
    ...where,
    quality: {
      gates: further.gates,
      missing: [],
      measures: { shares: {}, numbers: {}, promql: {} },
      evidence: why,
      judged: [],
    },
    evidence: {
      windowSeconds: plan.intervalSeconds,
      canary: noMeasures(why),
      stable: noMeasures(why),
      lostRequests: why,
      promql: {},
    },
  };
  const { gates } = plan;
  const bounds = boundsOf(plan);
  const asked: ShareName[] = [
    ...(gates.errorRate.enabled ? ['errorRate' as const] : []),
    ...(gates.throttled.enabled ? ['throttled' as const] : []),
    ...(gates.latencyP99.enabled && counted.shares.slow
      ? ['slow' as const]
      : []),
  ];
  const outcomes = [
    ...asked.map(
      name => judgeShare(name, context, bounds[name], 'verb.failed').outcome,
    ),
    ...decideEvents(further, events, { plan, ...where }).map(
      ({ outcome }) => outcome,
    ),
  ];
  if (outcomes.includes('breach')) {
    return 'breach';
  }
  return outcomes.includes('hold') ? 'hold' : 'pass';
}
