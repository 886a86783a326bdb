import { quantile } from './statistics.mjs';

/** How many times as long the one took as the other, pair by pair: their median, and the middle half of them. */
export function ratioOf(ones, others) {
  const ratios = ones.map((one, at) => one / others[at]);
  return {
    median: quantile(ratios, 0.5),
    from: quantile(ratios, 0.25),
    to: quantile(ratios, 0.75),
  };
}
