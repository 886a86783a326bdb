import type { InstantSample } from '../../prometheus/PrometheusClient';
import { bucketsOf } from '../../prometheus/histogram';
import type { CountedBefore } from '../gates';

type Samples = readonly InstantSample[];

/** What is slow, by the latencies before a canary. Where proxies export both, the classic histogram's bounds count: they are the same in all of them. */
export function slowAbove(
  classic: Samples,
  [nativeP99]: Samples,
): Pick<CountedBefore, 'slowAboveMs' | 'slowIsNative'> {
  const slowAboveMs = slowBound(classic);
  if (slowAboveMs !== undefined) {
    return { slowAboveMs };
  }
  return nativeP99 && nativeP99.value > 0 && Number.isFinite(nativeP99.value)
    ? {
        // Every native histogram has a bound there, so that whole requests are counted.
        slowAboveMs: 2 ** Math.ceil(Math.log2(nativeP99.value)),
        slowIsNative: true,
      }
    : {};
}

/** The bound of the bucket that the p99 lies in: at most one request of a hundred is slower. */
function slowBound(samples: Samples): number | undefined {
  const buckets = bucketsOf(samples);
  const all = buckets.get(Infinity) ?? 0;
  const bounds = [...buckets]
    .filter(([bound, rateBelow]) => bound < Infinity && rateBelow >= 0.99 * all)
    .map(([bound]) => bound);
  return all > 0 && bounds.length > 0 ? Math.min(...bounds) : undefined;
}
