import {
  known,
  unknown,
  wording,
  wordsOf,
  type CanaryMeasurement,
  type CanaryShareEstimate,
  type Measured,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import { verbatim } from '../../../worded';
import { beginEvidence } from '../../statistics';
import { decideMean, type MeanQuestion, type NumberBound } from '../decideMean';
import { decideShare } from '../decideShare';
import { boundWords } from '../boundWords';
import {
  hold,
  holdUnknown,
  notApplicable,
  type GateContext,
  type GateFinding,
  type Outcome,
} from '../GateFinding';
import { alphaOf } from '../alpha';
import type { QualityEvidence, QualityMeasures } from './QualityEvidence';
import { judgeNumber, text } from './judgeNumber';
import { isTested } from './LearntMean';
import {
  boundsInWords,
  testedCount,
  type MeanGate,
  type NumberGate,
  type QualityGate,
  type ShareGate,
} from './QualityGate';

/** What a canary's further gates are judged with. */
export interface QualityContext {
  /** Those of its plan that the configuration has. */
  gates: readonly QualityGate[];
  /** Those that it has not. */
  missing: readonly string[];
  measures: QualityMeasures;
  evidence: Measured<QualityEvidence>;
  /** What was judged in code. */
  judged: readonly GateFinding[];
}

/** @param young - the weights are too young for anything but counts */
export function qualityFindings(
  context: GateContext,
  { young = false } = {},
): GateFinding[] {
  const { quality } = context;
  if (!quality) {
    return [];
  }
  return [
    ...quality.gates.flatMap(gate => {
      if (gate.ofRequests) {
        return [];
      }
      if (gate.kind === 'share') {
        return [shareFinding(gate, context, quality)];
      }
      return young ? [] : [numberFinding(gate, context, quality)];
    }),
    ...(young ? [] : quality.judged),
    ...quality.missing.map(name => missingFinding(name, context)),
  ];
}

function missingFinding(name: string, { evidence }: GateContext): GateFinding {
  const why = unknown('not-configured');
  const side = { value: why, requests: why };
  return {
    gate: name,
    title: { en: name },
    unit: 'number',
    windowSeconds: evidence.windowSeconds,
    canary: side,
    stable: side,
    bounds: {
      rollBack: why,
      advance: why,
      ...boundWords(wording('when.none'), wording('when.none')),
    },
    ...hold('no-data', wording('gate.gone', { gate: name })),
  };
}

function shareFinding(
  gate: ShareGate,
  context: GateContext,
  quality: QualityContext,
): GateFinding {
  const judged = judgeShareGate(gate, context, quality);
  const promql = quality.measures.promql[gate.name] ?? {};
  const why = quality.measures.shares[gate.name];
  const side = (version: 'canary' | 'stable'): CanaryMeasurement => ({
    ...measured(judged.test?.[version], why),
    ...(promql[version] && { promql: promql[version] }),
  });
  return {
    gate: gate.name,
    title: gate.title,
    unit: 'ratio',
    windowSeconds: context.evidence.windowSeconds,
    canary: side('canary'),
    stable: side('stable'),
    bounds: {
      rollBack: known(gate.bounds.rollBackAbove),
      advance: known(gate.bounds.advanceBelow),
      ...boundsInWords(gate),
    },
    ...judged,
  };
}

function judgeShareGate(
  gate: ShareGate,
  context: GateContext,
  { evidence, measures, gates }: QualityContext,
): Outcome & Pick<GateFinding, 'test'> {
  const found = measures.shares[gate.name];
  if (evidence.status === 'unknown') {
    return holdUnknown('what.events', evidence);
  }
  if (found?.status === 'unknown') {
    return gate.ifMissing === 'not-applicable' &&
      found.reason === 'not-exported'
      ? notApplicable(
          ...(found.message ? wordsOf(found) : [wording('export.noSeries')]),
        )
      : holdUnknown('what.events', found);
  }
  const learnt = evidence.value.shares[gate.name];
  if (learnt?.leftOut) {
    return hold('no-data', wordsOfLeftOut(learnt.leftOut));
  }
  const { outcome, test } = decideShare({
    evidence: learnt?.evidence ?? beginEvidence(),
    bounds: gate.bounds,
    plan: { confidence: context.plan.confidence, minRequests: gate.leastCount },
    verb: 'verb.bad',
    noun: 'noun.events',
    alpha: alphaOf('quality', context.plan, testedCount(gates)),
    passesHalf: context.passesHalf,
    ill: learnt?.ill ?? false,
    stableHasTraffic: context.stableHasTraffic,
    inDoubt: 0,
  });
  return { ...outcome, test };
}

function measured(
  estimate: CanaryShareEstimate | undefined,
  why: Measured<unknown> | undefined,
): CanaryMeasurement {
  if (!estimate) {
    const silent =
      why?.status === 'unknown' ? why : unknown('source-unreachable');
    return { value: silent, requests: silent };
  }
  const { requests, bad } = estimate;
  return {
    value: requests > 0 ? known(bad / requests) : unknown('no-traffic'),
    requests: known(requests),
  };
}

function numberFinding(
  gate: NumberGate,
  context: GateContext,
  quality: QualityContext,
): GateFinding {
  const { evidence, stableHasTraffic } = context;
  const nothing = unknown('source-unreachable');
  const found = quality.measures.numbers[gate.name] ?? {
    canary: nothing,
    stable: nothing,
  };
  const remembered =
    !stableHasTraffic && quality.evidence.status === 'known'
      ? quality.evidence.value.stable[gate.name]
      : undefined;
  const stable = remembered ? known(remembered) : found.stable;
  const promql = quality.measures.promql[gate.name] ?? {};
  const valueOf = (number: typeof stable): Measured<number> =>
    number.status === 'known' ? known(number.value.value) : number;
  const countOf = (number: typeof stable): Measured<number> => {
    if (number.status === 'unknown') {
      return number;
    }
    const { count } = number.value;
    return count === undefined
      ? unknown('not-configured', [wording('figure.queryNoCount')])
      : known(count);
  };
  const times = (factor: number | undefined) =>
    factor !== undefined && stable.status === 'known'
      ? [stable.value.value * factor]
      : [];
  const furthest = (
    { bound, timesStable }: NumberBound,
    choose: 'max' | 'min',
  ): Measured<number> => {
    const bounds = [
      bound === undefined ? [] : bound,
      times(timesStable),
    ].flat();
    return bounds.length > 0 ? known(Math[choose](...bounds)) : valueOf(stable);
  };
  const tested =
    gate.kind === 'mean' ? judgeMean(gate, context, quality) : undefined;
  // Beyond each to roll back, within one to advance: which of two counts is the further one.
  const far = gate.better === 'lower' ? 'max' : 'min';
  return {
    gate: gate.name,
    title: gate.title,
    unit: gate.unit,
    windowSeconds: evidence.windowSeconds,
    canary: {
      value: valueOf(found.canary),
      requests: countOf(found.canary),
      ...(promql.canary && { promql: promql.canary }),
    },
    stable: {
      value: valueOf(stable),
      requests: countOf(stable),
      ...(remembered
        ? { earlierAt: remembered.at }
        : promql.stable && { promql: promql.stable }),
    },
    bounds: {
      rollBack: furthest(gate.rollBack, far),
      advance: furthest(gate.advance, far),
      ...boundsInWords(gate),
    },
    ...(gate.kind === 'mean' && {
      judgedBy: tested ? ('test' as const) : ('bounds' as const),
    }),
    ...(tested?.meanTest && { meanTest: tested.meanTest }),
    ...judgeNumber(gate, found.canary, stable, tested?.outcome),
  };
}

/** What a test says of a mean; undefined where nothing tells how much its values scatter. */
export function judgeMean(
  gate: MeanGate,
  { plan, stableHasTraffic }: GateContext,
  { evidence, gates }: QualityContext,
  written: Pick<MeanQuestion, 'say' | 'saidIn'> = { say: text },
): { outcome: Outcome; meanTest?: GateFinding['meanTest'] } | undefined {
  const learnt =
    evidence.status === 'known' ? evidence.value.means?.[gate.name] : undefined;
  if (!learnt || !isTested(learnt)) {
    return undefined;
  }
  if (learnt.leftOut) {
    return { outcome: hold('no-data', wordsOfLeftOut(learnt.leftOut)) };
  }
  return decideMean({
    ...gate,
    evidence: learnt.evidence,
    confidence: plan.confidence,
    alpha: alphaOf('quality', plan, testedCount(gates)),
    stableHasTraffic,
    ...written,
  });
}

/** Records of older releases hold a text. */
function wordsOfLeftOut(why: Words | string): Words {
  return typeof why === 'string' ? verbatim(why) : why;
}
