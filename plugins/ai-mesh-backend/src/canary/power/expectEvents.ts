import type { CanaryPlan } from '@ai-mesh/plugin-ai-mesh-common';
import { alphaOf, decideShare, testedCount } from '../gates';
import type { QualityGate, QualityMeasures, ShareGate } from '../gates';
import {
  addSlice,
  beginEvidence,
  beginStep,
  type ShareEvidence,
} from '../statistics';

/**
 * At the mean, a canary that is no worse than the stable version is exactly as good, and rounding would decide which has
 * more failures. Of true runs half are below at any look, so that one of the next looks nearly always is.
 */
export const JUST_BELOW = 1 - 1e-9;

/** A further gate's events, as they were of late. */
export interface ForeseenEvents {
  gate: ShareGate;
  /** Of all that the route carries. */
  perSecond: number;
  /** The stable version's, 0..1. */
  badShare: number;
}

/** A plan's further gates: all that share the allowed error, and those whose events can be foreseen. */
export interface ForeseenGates {
  gates: readonly QualityGate[];
  events: readonly ForeseenEvents[];
}

/**
 * The gates of a plan, with what was counted of them of late.
 *
 * @param stablePercent - of the route's traffic, above 0
 */
export function foreseenGates(
  { qualityGates = [] }: Pick<CanaryPlan, 'qualityGates'>,
  all: readonly QualityGate[],
  { shares, span }: Pick<QualityMeasures, 'shares' | 'span'>,
  stablePercent: number,
): ForeseenGates {
  const gates = all.filter(({ name }) => qualityGates.includes(name));
  const seconds = span ? span.to - span.from : 0;
  return {
    gates,
    events: gates.flatMap(gate => {
      const counted = shares[gate.name];
      if (
        gate.kind !== 'share' ||
        counted?.status !== 'known' ||
        seconds <= 0
      ) {
        return [];
      }
      const { requests, bad } = counted.value.stable;
      return [
        {
          gate,
          perSecond: ((requests / seconds) * 100) / stablePercent,
          badShare: requests > 0 ? bad / requests : 0,
        },
      ];
    }),
  };
}

/** What a run has learnt of further gates, by their names. */
export type LearntEvents = ReadonlyMap<string, ShareEvidence>;

export function beginEvents({ events }: ForeseenGates): LearntEvents {
  return new Map(events.map(({ gate }) => [gate.name, beginEvidence()]));
}

export function eventsFromNewWeights(learnt: LearntEvents): LearntEvents {
  return new Map(
    [...learnt].map(([name, evidence]) => [name, beginStep(evidence)]),
  );
}

/**
 * The mean counts of a slice: of a canary whose answers are as good as the stable version's.
 *
 * @param slice.canary - seconds of the whole route's traffic that went to it; `stable`: to the stable version
 */
export function countEvents(
  { events }: ForeseenGates,
  learnt: LearntEvents,
  slice: { canary: number; stable: number },
  crossing: boolean,
): LearntEvents {
  return new Map(
    events.map(({ gate, perSecond, badShare }) => {
      const before = learnt.get(gate.name) ?? beginEvidence();
      const [canary, stable] = [
        perSecond * slice.canary,
        perSecond * slice.stable,
      ];
      const after = addSlice(
        before,
        {
          canary: { requests: canary, bad: canary * badShare * JUST_BELOW },
          stable: { requests: stable, bad: stable * badShare },
        },
        gate.bounds.nonInferiorityMargin,
        { ill: false, crossing },
      );
      // Mean counts do not scatter.
      return [gate.name, { ...after, dispersion: before.dispersion }];
    }),
  );
}

/** What each of the gates says of that. */
export function decideEvents(
  { gates, events }: ForeseenGates,
  learnt: LearntEvents,
  {
    plan,
    ...where
  }: {
    plan: CanaryPlan;
    passesHalf: boolean;
    stableHasTraffic: boolean;
  },
) {
  return events.map(
    ({ gate }) =>
      decideShare({
        ...where,
        evidence: learnt.get(gate.name) ?? beginEvidence(),
        bounds: gate.bounds,
        plan: { confidence: plan.confidence, minRequests: gate.leastCount },
        verb: 'verb.bad',
        noun: 'noun.events',
        alpha: alphaOf('quality', plan, testedCount(gates)),
        ill: false,
        inDoubt: 0,
      }).outcome,
  );
}
