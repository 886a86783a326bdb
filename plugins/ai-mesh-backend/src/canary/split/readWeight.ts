import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import { asInteger, type JsonRecord } from './json';
import { SplitRefusal } from './SplitRefusal';

/** A destination's weight as written. */
export function readWeight(
  destination: JsonRecord,
  pointer: string,
): number | undefined {
  if (destination.weight === undefined) {
    return undefined;
  }
  const weight = asInteger(destination.weight);
  if (weight === undefined || weight < 0) {
    throw new SplitRefusal(
      'unreadable',
      wording('split.noWeight', {
        pointer,
        weight: JSON.stringify(destination.weight),
      }),
    );
  }
  return weight;
}
