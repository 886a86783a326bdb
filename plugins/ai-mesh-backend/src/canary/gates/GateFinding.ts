import {
  said,
  wording,
  wordsOf,
  type CanaryGateName,
  type CanaryGateResult,
  type CanaryHoldReason,
  type CanaryPlan,
  type TextKey,
  type Measured,
  type UnknownReason,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CountedEvidence } from './CountedEvidence';
import type { Baseline, Evidence } from './Evidence';
import type { QualityContext } from './quality/qualityFindings';

/** What every gate is judged with. */
export interface GateContext {
  evidence: Evidence;
  /** What the run has counted up to now, or why this look could not count. */
  counted: Measured<CountedEvidence>;
  plan: CanaryPlan;
  /** The next advance gives the canary more than half of what the two versions hold together. */
  passesHalf: boolean;
  /** The canary's weight now, percent; absent where it is not known. */
  canaryPercent?: number;
  baseline?: Baseline;
  /** False where no request goes to the stable version any more; then the baseline speaks for it. */
  stableHasTraffic: boolean;
  /** Absent where the plan has no further gates. */
  quality?: QualityContext;
}

/** A gate's result before it is known how often in a row it was so. */
export type GateFinding = Omit<CanaryGateResult, 'breaches'>;

/** What a gate says of its values. */
export type Outcome = Pick<
  GateFinding,
  'outcome' | 'holdReason' | 'message' | 'words'
>;

export function hold(
  holdReason: CanaryHoldReason,
  ...words: (Words | undefined)[]
): Outcome {
  return { outcome: 'hold', holdReason, ...said(...present(words)) };
}

export function pass(...words: Words[]): Outcome {
  return { outcome: 'pass', ...said(...words) };
}

export function breach(...words: Words[]): Outcome {
  return { outcome: 'breach', ...said(...words) };
}

export function notApplicable(...words: Words[]): Outcome {
  return { outcome: 'not-applicable', ...said(...words) };
}

function present(words: readonly (Words | undefined)[]): Words[] {
  return words.filter(one => one !== undefined);
}

const holdReasons: Record<UnknownReason, CanaryHoldReason> = {
  'no-traffic': 'insufficient-traffic',
  'not-exported': 'no-data',
  'no-such-label': 'no-data',
  'not-configured': 'no-data',
  'source-unreachable': 'source-unreachable',
  forbidden: 'source-unreachable',
};

/** Unknown is neither good nor bad: it holds, and says why. */
export function holdUnknown(
  what: TextKey | Pick<Words, 'terms'>,
  unknown: Extract<Measured<number>, { status: 'unknown' }>,
): Outcome {
  return hold(holdReasons[unknown.reason], ...unknownWords(what, unknown));
}

/** What is not known, and why. */
export function unknownWords(
  what: TextKey | Pick<Words, 'terms'>,
  unknown: Extract<Measured<unknown>, { status: 'unknown' }>,
): [Words, ...Words[]] {
  const terms = typeof what === 'string' ? { what } : what.terms;
  return [
    {
      key: 'unknownValue',
      terms: { ...terms, reason: `unknown.${unknown.reason}` },
    },
    ...wordsOf(unknown),
  ];
}

/** The hold for too few requests, or undefined where there are enough. */
export function tooFew(
  version: 'canary' | 'stable',
  requests: Measured<number>,
  { plan }: GateContext,
): Outcome | undefined {
  if (requests.status === 'unknown') {
    return holdUnknown(`what.${version}Requests`, requests);
  }
  return requests.value < plan.minRequests
    ? hold(
        'insufficient-traffic',
        wording(version === 'canary' ? 'ratio.few' : 'ratio.fewStable', {
          had: Math.floor(requests.value),
          needed: plan.minRequests,
        }),
      )
    : undefined;
}

/** The PromQL of one version's side of a gate. */
export function promqlOf(
  evidence: Evidence,
  gate: CanaryGateName,
  version: 'canary' | 'stable',
): { promql?: string } {
  const promql = evidence.promql[gate]?.[version];
  return promql === undefined ? {} : { promql };
}
