import {
  wording,
  type TextKey,
  type Measured,
  type Words,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  breach,
  hold,
  holdUnknown,
  notApplicable,
  pass,
  type Outcome,
} from '../GateFinding';
import { isEnough, type QualityNumber } from './QualityEvidence';
import type { NumberBound } from '../decideMean';
import type { NumberGate } from './QualityGate';

/**
 * Judges a number by its bounds.
 *
 * @param tested - what a test says of it, in place of the bounds; a value that cannot be holds all the same
 */
export function judgeNumber(
  gate: NumberGate,
  canary: Measured<QualityNumber>,
  stable: Measured<QualityNumber>,
  tested?: Outcome,
): Outcome {
  const isMissing = (value: Measured<QualityNumber>) =>
    value.status === 'unknown' && value.reason === 'not-exported';
  if (
    gate.ifMissing === 'not-applicable' &&
    isMissing(canary) &&
    isMissing(stable)
  ) {
    return notApplicable(wording('export.neither'));
  }
  if (canary.status === 'unknown') {
    return holdUnknown('what.canaryValue', canary);
  }
  const compares =
    gate.rollBack.timesStable !== undefined ||
    gate.advance.timesStable !== undefined;
  if (compares && stable.status === 'unknown') {
    return holdUnknown('what.stableValue', stable);
  }
  const sides = [
    { whose: 'version.canary' as const, number: canary },
    ...(compares ? [{ whose: 'version.stable' as const, number: stable }] : []),
  ];
  for (const { whose, number } of sides) {
    const why =
      number.status === 'known' &&
      (outOfRange(gate, whose, number.value) ??
        (tested ? undefined : tooFew(gate, whose, number.value)));
    if (why) {
      return why;
    }
  }
  if (tested) {
    return tested;
  }
  const beside = stable.status === 'known' ? stable.value.value : undefined;
  return judge(gate, canary.value.value, beside);
}

type Whose = 'version.canary' | 'version.stable';

function outOfRange(
  gate: NumberGate,
  whose: Whose,
  number: QualityNumber,
): Outcome | undefined {
  const { from = -Infinity, to = Infinity } = gate.range ?? {};
  return number.value < from || number.value > to
    ? hold(
        'no-data',
        wording(
          'number.outOfRange',
          { value: text(number.value), from, to },
          { whose },
        ),
      )
    : undefined;
}

function tooFew(
  gate: NumberGate,
  whose: Whose,
  number: QualityNumber,
): Outcome | undefined {
  return gate.kind === 'mean' && !isEnough(gate, number)
    ? hold(
        'insufficient-traffic',
        wording(
          'number.few',
          { had: Math.floor(number.count ?? 0), needed: gate.leastCount },
          { whose },
        ),
      )
    : undefined;
}

function judge(
  gate: NumberGate,
  value: number,
  stable: number | undefined,
): Outcome {
  const sentence = (key: TextKey): Words =>
    wording(
      key,
      {
        value: text(value),
        ...(stable !== undefined && { stable: text(stable) }),
      },
      { found: stable === undefined ? 'number.found' : 'number.foundBeside' },
    );
  const isBeyond = (bound: number) =>
    gate.better === 'lower' ? value > bound : value < bound;
  const rollBack = boundsOf(gate.rollBack, stable);
  if (rollBack.length > 0 && rollBack.every(isBeyond)) {
    return breach(sentence('number.breach'));
  }
  return boundsOf(gate.advance, stable).some(bound => !isBeyond(bound))
    ? pass(sentence('number.pass'))
    : hold('between-thresholds', sentence('number.between'));
}

function boundsOf(
  { bound, timesStable }: NumberBound,
  stable: number | undefined,
): number[] {
  return [
    bound === undefined ? [] : bound,
    timesStable === undefined || stable === undefined
      ? []
      : timesStable * stable,
  ].flat();
}

export function text(value: number): string {
  return String(Number(value.toPrecision(4)));
}
