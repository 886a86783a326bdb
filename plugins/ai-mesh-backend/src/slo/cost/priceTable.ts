import {
  known,
  unknown,
  type Cost,
  type Measured,
  wording,
} from '@ai-mesh/plugin-ai-mesh-common';
import { matchesPattern } from '../objectives/modelFilter';

/** What a model's tokens cost from a day on. */
export interface ModelPrice {
  /** The model's name, or a pattern with `*`. */
  model: string;
  /** Per million tokens. */
  inputPerMillion: number;
  outputPerMillion: number;
  currency: string;
  /** The first moment of the price. */
  validFrom: Date;
}

/** Tokens per second; what is not known is not guessed. */
export interface TokenRates {
  input: Measured<number>;
  output: Measured<number>;
}

/** The price that holds for a model at a time: the latest that began, an exact name before a pattern. */
export function priceOf(
  prices: readonly ModelPrice[],
  model: string,
  at: Date,
): ModelPrice | undefined {
  const valid = prices
    .filter(price => price.validFrom <= at)
    .sort((a, b) => b.validFrom.getTime() - a.validFrom.getTime());
  return (
    valid.find(price => price.model === model) ??
    valid.find(price => matches(price.model, model))
  );
}

/** An estimate: tokens at present rates, times the price. Unknown where a price or either rate is. */
export function estimateCost(
  prices: readonly ModelPrice[],
  model: string,
  { input, output }: TokenRates,
  at: Date,
): Measured<Cost> {
  const price = priceOf(prices, model, at);
  if (!price) {
    return unknown('not-configured', [wording('slo.noPrice', { model })]);
  }
  if (input.status === 'unknown') {
    return input;
  }
  if (output.status === 'unknown') {
    return output;
  }
  const perHour =
    ((input.value * price.inputPerMillion +
      output.value * price.outputPerMillion) *
      3600) /
    1_000_000;
  return known({ currency: price.currency, perHour, perDay: perHour * 24 });
}

function matches(pattern: string, model: string): boolean {
  return pattern.includes('*') && matchesPattern(pattern, model);
}
