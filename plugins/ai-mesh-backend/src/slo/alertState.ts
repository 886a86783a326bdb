import type { BurnRate, Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { BurnRatePair } from './burnRatePairs';

/** One pair, judged: it fires when both windows burn above its factor. */
export function judgePair(
  pair: BurnRatePair,
  long: Measured<number>,
  short: Measured<number>,
): BurnRate {
  const { severity, longWindowSeconds, shortWindowSeconds, factor } = pair;
  return {
    severity,
    longWindowSeconds,
    shortWindowSeconds,
    factor,
    long,
    short,
    state: pairState(factor, long, short),
  };
}

/** One window below the factor settles it, whatever the other one is; else both must be known. */
function pairState(
  factor: number,
  ...windows: Measured<number>[]
): BurnRate['state'] {
  const judged = windows.map(window =>
    window.status === 'known' ? window.value > factor : undefined,
  );
  if (judged.includes(false)) {
    return 'ok';
  }
  return judged.includes(undefined) ? 'unknown' : 'firing';
}

/** The worst of the pairs. Unknown is not ok: it only loses to something that fires. */
export function alertState(
  burnRates: BurnRate[],
): 'page' | 'ticket' | 'ok' | 'unknown' {
  const firing = burnRates.filter(({ state }) => state === 'firing');
  if (firing.some(({ severity }) => severity === 'page')) {
    return 'page';
  }
  if (firing.length > 0) {
    return 'ticket';
  }
  return burnRates.length === 0 ||
    burnRates.some(({ state }) => state === 'unknown')
    ? 'unknown'
    : 'ok';
}
