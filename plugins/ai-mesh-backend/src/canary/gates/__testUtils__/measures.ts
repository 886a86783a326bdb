import {
  canaryPlanSchema,
  known,
  unknown,
  type CanaryPlan,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Evidence, VersionMeasures } from '../Evidence';
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
    stableHasTraffic: true,
    ...more,
    plan: { ...canaryPlanSchema.parse({}), ...more.plan },
  };
}
