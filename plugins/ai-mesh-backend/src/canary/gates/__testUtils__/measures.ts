import {
  canaryPlanSchema,
  known,
  unknown,
  type CanaryPlan,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Slice } from '../../statistics';
import {
  beginCounting,
  takeIn,
  type CountedEvidence,
} from '../CountedEvidence';
import type { Baseline, Evidence, VersionMeasures } from '../Evidence';
import { mostLostShare } from '../lostShare';
import type { GateContext } from '../GateFinding';

type Numbers = {
  [K in keyof VersionMeasures]?: number | Measured<number>;
};

/** A version that does well; tokens and first tokens are not exported unless given. */
export function measures(changes: Numbers = {}): VersionMeasures {
  const values = {
    requests: 200,
    errorRatio: 0.001,
    throttledRatio: 0,
    p99Ms: 2000,
    tokensPerRequest: unknown('not-exported'),
    timeToFirstTokenMs: unknown('not-exported'),
    readyEndpoints: 2,
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? known(value) : value,
    ]),
  ) as unknown as VersionMeasures;
}

export function evidence(
  canary: Numbers = {},
  stable: Numbers = {},
  more: Partial<Evidence> = {},
): Evidence {
  return {
    windowSeconds: 300,
    canary: measures(canary),
    stable: measures({ requests: 2000, readyEndpoints: 3, ...stable }),
    lostRequests: known(0),
    promql: {},
    ...more,
  };
}

export function context(
  of: Evidence,
  more: Partial<Omit<GateContext, 'plan'>> & {
    plan?: Partial<CanaryPlan>;
  } = {},
): GateContext {
  return {
    evidence: of,
    counted: countedAs(of, more.baseline),
    passesHalf: false,
    stableHasTraffic: true,
    ...more,
    plan: { ...canaryPlanSchema.parse({}), ...more.plan },
  };
}

/** Counts of one slice that say the same as the measures; slow requests are not counted. */
export function countedAs(
  of: Evidence,
  baseline?: Baseline,
): Measured<CountedEvidence> {
  const unknowns = [of.canary, of.stable]
    .flatMap(({ requests, errorRatio }) => [requests, errorRatio])
    .filter(({ status, ...rest }) => status === 'unknown' && !isSilence(rest));
  if (unknowns.length > 0) {
    return unknowns[0] as Measured<never>;
  }
  const slice = (read: (side: VersionMeasures) => Measured<number>): Slice => {
    const tally = (side: VersionMeasures) => {
      const requests = valueOf(side.requests);
      return { requests, bad: requests * valueOf(read(side)) };
    };
    return { canary: tally(of.canary), stable: tally(of.stable) };
  };
  return known(
    takeIn(
      beginCounting({
        until: 0,
        slices: { errorRate: [], throttled: [] },
        usual: { requests: 0, seconds: 0 },
      }),
      {
        from: 0,
        to: 300,
        shares: {
          errorRate: slice(({ errorRatio }) => errorRatio),
          throttled: slice(({ throttledRatio }) => throttledRatio),
        },
        lost: valueOf(of.lostRequests),
        born: 0,
        returned: 0,
      },
      {
        plan: canaryPlanSchema.parse({}),
        usualLostShare: baseline && mostLostShare(baseline),
        scrapeSeconds: 15,
        at: new Date('2025-06-01T12:00:00Z'),
      },
    ),
  );
}

function valueOf(value: Measured<number>): number {
  return value.status === 'known' ? value.value : 0;
}

function isSilence(value: object): boolean {
  return 'reason' in value && value.reason === 'no-traffic';
}
