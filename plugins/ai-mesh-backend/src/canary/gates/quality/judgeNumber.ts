import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { hold, holdUnknown, type Outcome } from '../GateFinding';
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
    return {
      outcome: 'not-applicable',
      message: 'Neither version exports it.',
    };
  }
  if (canary.status === 'unknown') {
    return holdUnknown("The canary's value", canary);
  }
  const compares =
    gate.rollBack.timesStable !== undefined ||
    gate.advance.timesStable !== undefined;
  if (compares && stable.status === 'unknown') {
    return holdUnknown("The stable version's value", stable);
  }
  const sides = [
    { whose: 'canary', number: canary },
    ...(compares ? [{ whose: 'stable version', number: stable }] : []),
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

function outOfRange(
  gate: NumberGate,
  whose: string,
  number: QualityNumber,
): Outcome | undefined {
  const { from = -Infinity, to = Infinity } = gate.range ?? {};
  return number.value < from || number.value > to
    ? hold(
        'no-data',
        `The ${whose}'s value of ${text(number.value)} is outside of what it can be (${from} to ${to}): the gate's query does not measure it.`,
      )
    : undefined;
}

function tooFew(
  gate: NumberGate,
  whose: string,
  number: QualityNumber,
): Outcome | undefined {
  return gate.kind === 'mean' && !isEnough(gate, number)
    ? hold(
        'insufficient-traffic',
        `The ${whose}'s mean stands on ${Math.floor(number.count ?? 0)} values of the ${gate.leastCount} that it needs.`,
      )
    : undefined;
}

function judge(
  gate: NumberGate,
  value: number,
  stable: number | undefined,
): Outcome {
  const found = `${text(value)}${stable === undefined ? '' : `, the stable version's is ${text(stable)}`}`;
  const isBeyond = (bound: number) =>
    gate.better === 'lower' ? value > bound : value < bound;
  const rollBack = boundsOf(gate.rollBack, stable);
  if (rollBack.length > 0 && rollBack.every(isBeyond)) {
    return {
      outcome: 'breach',
      message: `${found}: beyond its bound to roll back.`,
    };
  }
  return boundsOf(gate.advance, stable).some(bound => !isBeyond(bound))
    ? { outcome: 'pass', message: `${found}.` }
    : hold(
        'between-thresholds',
        `${found}: not good enough to advance, and not bad enough to roll back.`,
      );
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
