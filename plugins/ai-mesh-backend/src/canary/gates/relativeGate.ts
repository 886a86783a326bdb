import {
  known,
  wording,
  type TextKey,
  type Measured,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { VersionMeasures } from './Evidence';
import { boundWords } from './boundWords';
import {
  breach,
  hold,
  holdUnknown,
  notApplicable,
  pass,
  promqlOf,
  tooFew,
  type GateContext,
  type GateFinding,
  type Outcome,
} from './GateFinding';

interface RelativeGate {
  gate: 'latency-p99' | 'tokens-per-request' | 'time-to-first-token';
  unit: 'ms' | 'tokens';
  read: (measures: VersionMeasures) => Measured<number>;
  /** Not every version exports it; where one does not, there is nothing to judge. */
  optional: boolean;
  /** A mean of single values, of whose scatter nothing is known. */
  isMean: boolean;
  bounds: {
    enabled: boolean;
    rollBackAboveTimesStable: number;
    advanceUpToTimesStable: number;
    /** Below it nothing is rolled back. */
    objectiveMs?: number;
  };
}

/**
 * A mean has no test here, since nothing tells how much single values scatter: answers are mostly short, and now and then
 * very long. With 12 standard errors for values that scatter as much as their mean, so 4 for three times as much, hardly a
 * run that is no worse is ever beyond a bound by chance; what is beyond it by twice as many need not wait for that.
 */
const STANDARD_ERRORS = 12;
const BEYOND = 24;
const MOST_NEEDED = 10_000;

export function relativeGate(
  context: GateContext,
  gate: RelativeGate,
): GateFinding {
  const { evidence, baseline, stableHasTraffic } = context;
  const { bounds, unit, read } = gate;
  const earlier = stableHasTraffic ? undefined : baseline;
  const stable = earlier?.stable ?? evidence.stable;
  const value = read(stable);
  const objective = bounds.objectiveMs;
  const times = (factor: number) =>
    value.status === 'known' ? known(value.value * factor) : value;
  const rollBack = times(bounds.rollBackAboveTimesStable);
  const finding: Omit<GateFinding, keyof Outcome> = {
    gate: gate.gate,
    unit,
    windowSeconds: evidence.windowSeconds,
    canary: {
      value: read(evidence.canary),
      requests: evidence.canary.requests,
      ...promqlOf(evidence, gate.gate, 'canary'),
    },
    stable: {
      value,
      requests: stable.requests,
      ...(earlier
        ? { earlierAt: earlier.at }
        : promqlOf(evidence, gate.gate, 'stable')),
    },
    bounds: {
      rollBack:
        rollBack.status === 'known' && objective !== undefined
          ? known(Math.max(rollBack.value, objective))
          : rollBack,
      advance: times(bounds.advanceUpToTimesStable),
      ...boundWords(
        objective === undefined
          ? wording('when.timesRollBack', {
              times: bounds.rollBackAboveTimesStable,
            })
          : wording('when.timesRollBackLate', {
              times: bounds.rollBackAboveTimesStable,
              objective: amount(objective, unit),
            }),
        wording('when.timesAdvance', { times: bounds.advanceUpToTimesStable }),
      ),
    },
  };
  return {
    ...finding,
    ...(gate.isMean && { judgedBy: 'bounds' as const }),
    ...judge(context, gate, finding, stable),
  };
}

function judge(
  context: GateContext,
  { gate, bounds, optional, isMean, unit }: RelativeGate,
  finding: Omit<GateFinding, keyof Outcome>,
  stableMeasures: VersionMeasures,
): Outcome {
  const canary = finding.canary.value;
  const stable = finding.stable.value;
  if (!bounds.enabled) {
    return notApplicable(wording('gate.off'));
  }
  const missing = optional && notExported(canary, stable);
  if (missing) {
    return notApplicable(wording(missing));
  }
  const few =
    tooFew('canary', context.evidence.canary.requests, context) ??
    tooFew('stable', stableMeasures.requests, context);
  if (few) {
    return few;
  }
  if (canary.status === 'unknown') {
    return withoutValue(gate, 'what.gateOfCanary', canary);
  }
  if (stable.status === 'unknown') {
    return withoutValue(gate, 'what.gateOfStable', stable);
  }
  if (stable.value === 0) {
    return hold(
      'no-data',
      wording('ratio.stableZero', {}, { what: `what.${gate}` }),
    );
  }
  const times = canary.value / stable.value;
  const sentence = (key: TextKey, params?: Words['params']): Words =>
    wording(
      key,
      {
        value: amount(canary.value, unit),
        times: Number(times.toFixed(2)),
        stable: amount(stable.value, unit),
        unit,
        ...params,
      },
      { found: 'ratio.found' },
    );
  const limit = bounds.rollBackAboveTimesStable;
  const late =
    bounds.objectiveMs === undefined || canary.value > bounds.objectiveMs;
  if (times > bounds.rollBackAboveTimesStable && late) {
    const needed = requestsToTell(bounds.rollBackAboveTimesStable);
    const there = pooled(context.evidence.canary, stableMeasures);
    if (isMean && there < needed && (times - 1) * Math.sqrt(there) < BEYOND) {
      return hold(
        'insufficient-traffic',
        sentence('ratio.byChance', { limit, needed: Math.ceil(needed) }),
      );
    }
    return breach(
      bounds.objectiveMs === undefined
        ? sentence('ratio.breach', { limit })
        : sentence('ratio.breachLate', {
            limit,
            objective: amount(bounds.objectiveMs, unit),
          }),
    );
  }
  return times <= bounds.advanceUpToTimesStable
    ? pass(sentence('ratio.pass'))
    : hold(
        'between-thresholds',
        sentence('ratio.between', { limit: bounds.advanceUpToTimesStable }),
      );
}

/** Requests of the canary, beside many more of the stable version. */
function requestsToTell(timesStable: number): number {
  return Math.min(
    MOST_NEEDED,
    (STANDARD_ERRORS / Math.max(timesStable - 1, 1e-9)) ** 2,
  );
}

/** Two means differ as much by chance as one of so many requests does from what it stands for. */
function pooled(canary: VersionMeasures, stable: VersionMeasures): number {
  const [a, b] = [canary.requests, stable.requests].map(requests =>
    requests.status === 'known' ? requests.value : 0,
  );
  return a + b > 0 ? (a * b) / (a + b) : 0;
}

/** There are requests enough: that nothing was measured of them is not for want of traffic. */
function withoutValue(
  gate: RelativeGate['gate'],
  whose: 'what.gateOfCanary' | 'what.gateOfStable',
  value: Extract<Measured<number>, { status: 'unknown' }>,
): Outcome {
  const what = `what.${gate}` as const;
  return value.reason === 'no-traffic'
    ? hold('no-data', wording('ratio.notReported', {}, { whose, of: what }))
    : holdUnknown({ terms: { what: whose, of: what } }, value);
}

/** Why an optional gate has nothing to judge, or undefined where it has. */
function notExported(
  canary: Measured<number>,
  stable: Measured<number>,
): Extract<TextKey, `export.${string}`> | undefined {
  const absent = (value: Measured<number>) =>
    value.status === 'unknown' &&
    (value.reason === 'not-exported' || value.reason === 'not-configured');
  if (absent(canary) && absent(stable)) {
    return 'export.neither';
  }
  if (absent(canary) || absent(stable)) {
    return absent(canary) ? 'export.notCanary' : 'export.notStable';
  }
  const silent = (value: Measured<number>) =>
    value.status === 'unknown' && value.reason === 'no-traffic';
  return silent(canary) && silent(stable) ? 'export.silent' : undefined;
}

/** With the digits that tell something. */
export function amount(value: number, unit: 'ms' | 'tokens'): number {
  if (unit === 'tokens') {
    return Number(value.toFixed(1));
  }
  return value >= 1000 ? Math.round(value / 10) * 10 : Math.round(value);
}
