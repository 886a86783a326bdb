import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';

/** A measured value as a number to sort by; undefined, never zero, where it is unknown. */
export function knownNumber(measured: Measured<number>): number | undefined;
export function knownNumber<T>(
  measured: Measured<T>,
  numberOf: (value: T) => number,
): number | undefined;
export function knownNumber<T>(
  measured: Measured<T>,
  numberOf: (value: T) => number = Number,
): number | undefined {
  return measured.status === 'known' ? numberOf(measured.value) : undefined;
}
