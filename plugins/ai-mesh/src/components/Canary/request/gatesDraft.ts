import type { CanaryGateSettings } from '@ai-mesh/plugin-ai-mesh-common';

/** The gates that have settings. */
export type GateKey = keyof CanaryGateSettings;

/** Two bounds as they are typed: ratios in percent, the others as multiples of the stable version's value. */
export interface BoundsDraft {
  advance: string;
  rollBack: string;
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

/** The paths of a gate's two bounds in the plan. */
export function boundsOf(gate: GateKey): { advance: string; rollBack: string } {
  return absoluteGates.includes(gate)
    ? { advance: 'advanceBelow', rollBack: 'rollBackAbove' }
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
      'advanceBelow' | 'rollBackAbove'
    >,
  ): BoundsDraft => ({
    advance: percent(gate.advanceBelow),
    rollBack: percent(gate.rollBackAbove),
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
  const read = (gate: GateKey) => {
    const { enabled, advance, rollBack } = draft[gate];
    const scale = absoluteGates.includes(gate) ? 100 : 1;
    const paths = boundsOf(gate);
    return {
      ...draft.usual[gate],
      enabled,
      [paths.advance]: number(advance) / scale,
      [paths.rollBack]: number(rollBack) / scale,
    };
  };
  return {
    errorRate: read('errorRate'),
    latencyP99: {
      ...read('latencyP99'),
      objectiveMs: number(draft.objectiveMs),
      slowShare: {
        ...draft.usual.latencyP99.slowShare,
        advanceBelow: number(draft.slowShare.advance) / 100,
        rollBackAbove: number(draft.slowShare.rollBack) / 100,
      },
    },
    throttled: read('throttled'),
    tokensPerRequest: read('tokensPerRequest'),
    timeToFirstToken: read('timeToFirstToken'),
  };
}
