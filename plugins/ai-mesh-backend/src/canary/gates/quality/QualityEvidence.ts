import {
  wording,
  type Measured,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  addSlice,
  beginEvidence,
  beginStep,
  isIll,
  type ShareEvidence,
  type Slice,
} from '../../statistics';
import { WRITE_SECONDS } from '../CountedEvidence';
import { isJump } from '../leftOut';
import { within } from '../shareBounds';
import {
  meansFromNewWeights,
  takeInMeans,
  type LearntMeans,
  type ValueSlice,
} from './LearntMean';
import type { NumberGate, QualityGate } from './QualityGate';

/** Events of both versions since the last look. */
export interface EventSlice extends Slice {
  /** Of series that were not there before. */
  born: number;
  /** Series that are back after a gap. */
  returned: number;
}

/** A number of one version, and how much it stands on. */
export interface QualityNumber {
  value: number;
  /** Absent where nothing tells. */
  count?: number;
}

/** What one look found of the gates, by their names. */
export interface QualityMeasures {
  /** What was counted between two moments, Unix seconds by Prometheus' clock; absent where nothing could be. */
  span?: { from: number; to: number };
  shares: Record<string, Measured<EventSlice>>;
  numbers: Record<
    string,
    { canary: Measured<QualityNumber>; stable: Measured<QualityNumber> }
  >;
  /** Of means whose scatter is known. */
  means?: Record<string, ValueSlice | undefined>;
  promql: Record<string, { canary?: string; stable?: string }>;
}

/** What a run has learnt of a gate's share. */
interface LearntShare {
  key: string;
  evidence: ShareEvidence;
  usual: { events: number; seconds: number };
  /** The stable version was beyond the bound in the last slice. */
  ill: boolean;
  /** Why the last slice was left out: a text, in records of older releases. */
  leftOut?: Words | string;
}

/** What a run has learnt of its further gates; kept with the canary, so that it survives restarts and goes on anywhere. */
export interface QualityEvidence {
  /** All up to here is counted, Unix seconds by Prometheus' clock. */
  until: number;
  /** The weights have changed since; see `countFromNewWeights`. */
  crossing?: { until?: number };
  shares: Record<string, LearntShare>;
  /** Means that are tested; absent in records of older releases. */
  means?: LearntMeans;
  /** The stable version's numbers while it had traffic. */
  stable: Record<string, QualityNumber & { at: string }>;
}

export function beginQuality(until: number): QualityEvidence {
  return { until, shares: {}, stable: {} };
}

/** What counts for the next advance starts anew, what counts for a roll-back does not. */
export function qualityFromNewWeights(
  quality: QualityEvidence,
): QualityEvidence {
  return {
    ...quality,
    crossing: {},
    means: meansFromNewWeights(quality.means ?? {}),
    shares: Object.fromEntries(
      Object.entries(quality.shares).map(([name, share]) => [
        name,
        { ...share, evidence: beginStep(share.evidence) },
      ]),
    ),
  };
}

/** Takes in what a look found. A slice that cannot be counted whole is left out for both versions. */
export function takeInQuality(
  before: QualityEvidence,
  measures: QualityMeasures,
  gates: readonly QualityGate[],
  context: { scrapeSeconds: number; stableHasTraffic: boolean; at: Date },
): QualityEvidence {
  const { span } = measures;
  const counted =
    span && span.to > before.until
      ? countIn(before, measures, span, gates, context.scrapeSeconds)
      : before;
  return context.stableHasTraffic
    ? { ...counted, stable: remembered(counted, measures, gates, context.at) }
    : counted;
}

function countIn(
  before: QualityEvidence,
  { shares, means = {} }: QualityMeasures,
  span: { from: number; to: number },
  gates: readonly QualityGate[],
  scrapeSeconds: number,
): QualityEvidence {
  const { crossing } = before;
  const crossingUntil =
    crossing?.until ?? span.from + scrapeSeconds + WRITE_SECONDS;
  const learnt = { ...before.shares };
  for (const gate of gates) {
    const slice = gate.kind === 'share' ? shares[gate.name] : undefined;
    if (gate.kind === 'share' && slice?.status === 'known') {
      const known = before.shares[gate.name];
      learnt[gate.name] = addEvents(
        known?.key === gate.key ? known : newShare(gate.key),
        slice.value,
        span.to - span.from,
        gate.bounds,
        crossing !== undefined,
      );
    }
  }
  return {
    ...before,
    until: span.to,
    crossing:
      crossing && span.to < crossingUntil
        ? { until: crossingUntil }
        : undefined,
    shares: learnt,
    means: takeInMeans(before.means ?? {}, means, gates, {
      seconds: span.to - span.from,
      crossing: crossing !== undefined,
    }),
  };
}

function newShare(key: string): LearntShare {
  return {
    key,
    evidence: beginEvidence(),
    usual: { events: 0, seconds: 0 },
    ill: false,
  };
}

function addEvents(
  share: LearntShare,
  slice: EventSlice,
  seconds: number,
  bounds: { rollBackAbove: number; nonInferiorityMargin: number },
  crossing: boolean,
): LearntShare {
  const events = slice.canary.requests + slice.stable.requests;
  const whyNot = whyLeftOut(share, slice, events, seconds);
  if (whyNot) {
    return { ...share, ill: false, leftOut: whyNot };
  }
  const { canary, stable } = slice;
  const ill = isIll({ canary, stable }, within(bounds.rollBackAbove));
  return {
    key: share.key,
    usual: {
      events: share.usual.events + events,
      seconds: share.usual.seconds + seconds,
    },
    ill,
    evidence:
      events > 0
        ? addSlice(
            share.evidence,
            { canary, stable },
            bounds.nonInferiorityMargin,
            { ill, crossing },
          )
        : share.evidence,
  };
}

function whyLeftOut(
  { usual }: LearntShare,
  { canary, stable, born, returned }: EventSlice,
  events: number,
  seconds: number,
): Words | undefined {
  const time = { seconds: Math.round(seconds) };
  if (returned > 0) {
    return wording('leftOut.returned', { ...time, series: returned });
  }
  if ([canary, stable].some(({ requests, bad }) => bad < 0 || bad > requests)) {
    return wording('leftOut.unequal', time);
  }
  const expected =
    usual.seconds > 0 ? (usual.events / usual.seconds) * seconds : 0;
  return isJump(born, Math.max(events - born, expected))
    ? wording('leftOut.bornEvents', { ...time, born: Math.round(born) })
    : undefined;
}

/** What the stable version is like, for when it gets no traffic any more. */
function remembered(
  { stable }: QualityEvidence,
  { numbers }: QualityMeasures,
  gates: readonly QualityGate[],
  at: Date,
): QualityEvidence['stable'] {
  const found = gates.flatMap(gate => {
    const value = numbers[gate.name]?.stable;
    return gate.kind !== 'share' &&
      value?.status === 'known' &&
      isEnough(gate, value.value)
      ? [[gate.name, { ...value.value, at: at.toISOString() }] as const]
      : [];
  });
  return { ...stable, ...Object.fromEntries(found) };
}

/** Whether a mean stands on enough. */
export function isEnough(gate: NumberGate, { count }: QualityNumber): boolean {
  return gate.kind !== 'mean' || (count ?? 0) >= gate.leastCount;
}
