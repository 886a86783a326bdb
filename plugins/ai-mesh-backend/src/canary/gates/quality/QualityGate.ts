import {
  wording,
  type CanaryGateResult,
  type CanaryGateTitle,
  type CanaryQualityGate,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  CounterTemplate,
  ValueTemplate,
} from '../../../prometheus/series';
import { boundWords, shareBoundWords } from '../boundWords';
import type { ShareBounds } from '../shareBounds';
import type { NumberBound } from '../decideMean';

interface GateBase {
  name: string;
  title: CanaryGateTitle;
  use: CanaryQualityGate['use'];
  /** What a gate says where neither version has its series. */
  ifMissing: 'hold' | 'not-applicable';
  /** It judges InferencePools, and no other versions. */
  onlyPools?: boolean;
  /** Its metrics count in whatever spelling they are exported; else by the very names that are written. */
  anySpelling?: boolean;
  /** A gate of the requests, which says itself what it finds; only its values are counted here. */
  ofRequests?: true;
}

/** A share of events that are counted one by one: of answers, of feedback. */
export interface ShareGate extends GateBase {
  kind: 'share';
  all: CounterTemplate;
  /** One of the two: the events that count against a version, or those that count for it. */
  bad?: CounterTemplate;
  good?: CounterTemplate;
  /** Of the bad share. */
  bounds: ShareBounds;
  /** An advance needs so many events of the canary. */
  leastCount: number;
  /** Changes with the templates: what was counted by others says nothing. */
  key: string;
}

/** A number of each version: a mean with a test, where the scatter of single values is known, else judged by bounds. */
export type NumberGate = GateBase & {
  unit: Exclude<CanaryGateResult['unit'], 'endpoints'>;
  better: 'lower' | 'higher';
  /** Rolls back where it is beyond each bound that is given. */
  rollBack: NumberBound;
  /** Advances where it is within one of those that are given. */
  advance: NumberBound;
  /** What it can be at all; something else is a mistake in its query. */
  range?: { from?: number; to?: number };
} & (
    | {
        kind: 'mean';
        sum: CounterTemplate;
        count: CounterTemplate;
        /** The sum of the squares of what `sum` adds up; else a histogram of the same name is looked for. */
        squares?: CounterTemplate;
        /** Of each version. */
        leastCount: number;
        /** Changes with the templates. */
        key: string;
        /** The unit in that of the values: 1000 for milliseconds of seconds; 1 unless given. */
        scale?: number;
      }
    | { kind: 'value'; query: ValueTemplate }
  );

/** A mean's gate. */
export type MeanGate = Extract<NumberGate, { kind: 'mean' }>;

/** The gate of the requests whose values are counted as those of a further gate. */
export const FIRST_TOKEN = 'time-to-first-token';

/** A gate as the configuration has it, or as it is built in. */
export type QualityGate = ShareGate | NumberGate;

/** How many gates share the error that a plan allows with those of the requests: all that a test may be had of. */
export function testedCount(gates: readonly QualityGate[]): number {
  return gates.filter(gate => gate.kind === 'share' || mayBeTested(gate))
    .length;
}

/** Whether a mean names what tells how much its values scatter. */
function mayBeTested(gate: QualityGate): boolean {
  return (
    gate.kind === 'mean' &&
    (gate.squares !== undefined || bucketsOf(gate) !== undefined)
  );
}

/** The buckets of the histogram whose sum a mean is made of; undefined where the sum's name is no histogram's. */
export function bucketsOf({
  sum,
}: Extract<NumberGate, { kind: 'mean' }>): CounterTemplate | undefined {
  return sum.series.every(({ metric }) => metric.endsWith('_sum'))
    ? {
        series: sum.series.map(one => ({
          ...one,
          metric: one.metric.replace(/_sum$/, '_bucket'),
        })),
      }
    : undefined;
}

/** What a form says of a gate. */
export function offerOf(gate: QualityGate): CanaryQualityGate {
  const { name, title, kind, use, onlyPools } = gate;
  return {
    name,
    title,
    kind,
    use,
    ...(onlyPools && { onlyPools }),
    ...boundsInWords(gate),
  };
}

/** Both bounds, for people. */
export function boundsInWords(gate: QualityGate) {
  if (gate.kind === 'share') {
    return shareBoundWords(gate.bounds);
  }
  const [worse, better] =
    gate.better === 'lower'
      ? (['above', 'upTo'] as const)
      : (['below', 'atLeast'] as const);
  return boundWords(
    numberWords(worse, gate.rollBack, 'when.and'),
    numberWords(better, gate.advance, 'when.or'),
  );
}

function numberWords(
  way: 'above' | 'upTo' | 'below' | 'atLeast',
  { bound, timesStable }: NumberBound,
  both: 'when.and' | 'when.or',
): Words {
  const params = {
    ...(bound !== undefined && { bound }),
    ...(timesStable !== undefined && { times: timesStable }),
  };
  if (timesStable === undefined) {
    return wording(bound === undefined ? 'when.none' : `when.${way}`, params);
  }
  return bound === undefined
    ? wording(`when.${way}Stable`, params)
    : wording(both, params, {
        first: `when.${way}`,
        second: `when.${way}Stable`,
      });
}
