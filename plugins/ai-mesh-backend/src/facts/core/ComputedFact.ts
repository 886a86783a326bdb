import {
  said,
  type FactUnknownReason,
  type FactValue,
  type Measured,
  type Sentences,
  type Words,
  type Young,
} from '@ai-mesh/plugin-ai-mesh-common';

/** A fact as it is at one moment, or why it is not known. */
export type ComputedFact =
  { status: 'known'; value: FactValue; currency?: string } | UnknownFact;

export interface UnknownFact {
  status: 'unknown';
  reason: FactUnknownReason;
  message?: string;
  words?: Words[];
  young?: Young;
}

export function fact(value: FactValue, currency?: string): ComputedFact {
  return {
    status: 'known',
    value: typeof value === 'number' ? rounded(value) : value,
    ...(currency !== undefined && { currency }),
  };
}

/** @param why - a sentence of the catalogue, or what is said of why elsewhere */
export function noFact(
  reason: FactUnknownReason,
  why?: Words | Partial<Sentences>,
): UnknownFact {
  const { message, words }: Partial<Sentences> =
    why && 'key' in why ? said(why) : (why ?? {});
  return {
    status: 'unknown',
    reason,
    ...(message !== undefined && { message }),
    ...(words && { words }),
  };
}

/** Four figures: what follows them changes with every scrape and says nothing. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}

/** Whether something holds of all of them: one of which it does not hold decides, before one of which it is not known. */
export function ofEvery<T>(
  items: readonly T[],
  judge: (item: T) => Measured<boolean> | UnknownFact,
): ComputedFact {
  const judged = items.map(judge);
  if (judged.some(one => one.status === 'known' && !one.value)) {
    return fact(false);
  }
  const unknown = judged.find(one => one.status === 'unknown');
  return unknown ?? fact(true);
}

/**
 * One number of many. Those of which nothing happened are left out, as long as there are others; one that is not known
 * for another reason leaves the whole unknown.
 */
export function ofNumbers(
  measured: readonly Measured<number>[],
  combine: (values: readonly number[]) => number,
  none: UnknownFact,
): ComputedFact {
  const unknown = measured.filter(one => one.status === 'unknown');
  const values = measured.flatMap(one =>
    one.status === 'known' ? [one.value] : [],
  );
  return (
    unknown.find(({ reason }) => reason !== 'no-traffic') ??
    (values.length > 0 ? fact(combine(values)) : (unknown.at(0) ?? none))
  );
}
