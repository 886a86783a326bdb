import type { CanaryGateSettings } from '@ai-mesh/plugin-ai-mesh-common';

/** The gates that have settings. */
export type GateKey = keyof CanaryGateSettings;

/** Bounds as they are typed: ratios in percent, the others as multiples of the stable version's value. */
export interface BoundsDraft {
  advance: string;
  rollBack: string;
  /** Percentage points, of a share of requests: worse by more than these it gets no more than half. */
  margin?: string;
}

export interface GateDraft extends BoundsDraft {
  enabled: boolean;
}

/** All gates as they are typed. */
export type GatesDraft = Record<GateKey, GateDraft> & {
  objectiveMs: string;
  /** Of requests slower than the stable version's p99: what decides of latency where a histogram tells. */
  slowShare: BoundsDraft;
  /** What has no field here stays as the configuration has it. */
  usual: CanaryGateSettings;
};

/** How a gate is called elsewhere. */
export const gateNames = {
  errorRate: 'error-rate',
  latencyP99: 'latency-p99',
  throttled: 'throttled',
  tokensPerRequest: 'tokens-per-request',
  timeToFirstToken: 'time-to-first-token',
} as const satisfies Record<GateKey, string>;

/** Gates whose bounds are absolute; the others compare with the stable version. */
export const absoluteGates: readonly GateKey[] = ['errorRate', 'throttled'];

/** The paths of a share's bounds in the plan. */
export const shareBounds = {
  advance: 'advanceBelow',
  rollBack: 'rollBackAbove',
  margin: 'nonInferiorityMargin',
} as const;

/** The paths of a gate's bounds in the plan. */
export function boundsOf(
  gate: GateKey,
): Partial<Record<keyof BoundsDraft, string>> {
  return absoluteGates.includes(gate)
    ? shareBounds
    : {
        advance: 'advanceUpToTimesStable',
        rollBack: 'rollBackAboveTimesStable',
      };
}

const percent = (ratio: number) =>
  String(Number((ratio * 100).toPrecision(12)));

export function gatesDraftOf(gates: CanaryGateSettings): GatesDraft {
  const shares = (
    gate: Pick<
      CanaryGateSettings['errorRate'],
      'advanceBelow' | 'rollBackAbove' | 'nonInferiorityMargin'
    >,
  ): BoundsDraft => ({
    advance: percent(gate.advanceBelow),
    rollBack: percent(gate.rollBackAbove),
    margin: percent(gate.nonInferiorityMargin),
  });
  const absolute = (gate: CanaryGateSettings['errorRate']): GateDraft => ({
    enabled: gate.enabled,
    ...shares(gate),
  });
  const relative = (
    gate: CanaryGateSettings['tokensPerRequest'],
  ): GateDraft => ({
    enabled: gate.enabled,
    advance: String(gate.advanceUpToTimesStable),
    rollBack: String(gate.rollBackAboveTimesStable),
  });
  return {
    errorRate: absolute(gates.errorRate),
    latencyP99: relative(gates.latencyP99),
    throttled: absolute(gates.throttled),
    tokensPerRequest: relative(gates.tokensPerRequest),
    timeToFirstToken: relative(gates.timeToFirstToken),
    objectiveMs: String(gates.latencyP99.objectiveMs),
    slowShare: shares(gates.latencyP99.slowShare),
    usual: gates,
  };
}

/** What the schema reads; a text that is no number is not one for it either. */
export function gatesOf(draft: GatesDraft): Record<GateKey, unknown> {
  const number = (text: string) => (text.trim() === '' ? NaN : Number(text));
  const sharesOf = ({ advance, rollBack, margin = '' }: BoundsDraft) => ({
    [shareBounds.advance]: number(advance) / 100,
    [shareBounds.rollBack]: number(rollBack) / 100,
    [shareBounds.margin]: number(margin) / 100,
  });
  const absolute = (gate: 'errorRate' | 'throttled') => ({
    ...draft.usual[gate],
    enabled: draft[gate].enabled,
    ...sharesOf(draft[gate]),
  });
  const relative = (gate: Exclude<GateKey, 'errorRate' | 'throttled'>) => ({
    ...draft.usual[gate],
    enabled: draft[gate].enabled,
    advanceUpToTimesStable: number(draft[gate].advance),
    rollBackAboveTimesStable: number(draft[gate].rollBack),
  });
  return {
    errorRate: absolute('errorRate'),
    latencyP99: {
      ...relative('latencyP99'),
      objectiveMs: number(draft.objectiveMs),
      slowShare: {
        ...draft.usual.latencyP99.slowShare,
        ...sharesOf(draft.slowShare),
      },
    },
    throttled: absolute('throttled'),
    tokensPerRequest: relative('tokensPerRequest'),
    timeToFirstToken: relative('timeToFirstToken'),
  };
}
