import type { Matcher } from '../../prometheus/promql';

/**
 * What a document's own queries may read: series that meet all conditions of one of these. One for each namespace, since
 * a list of namespaces and a list of names would be met by names that are another's.
 */
export interface OwnSeries {
  /** What pods export. */
  ofPods: readonly (readonly Matcher[])[];
  /** What Istio's proxies report of calls, whoever made them. */
  ofCalls: readonly (readonly Matcher[])[];
}

/** Istio's standard metrics name the called Service, and are exported by the caller's pods too. */
const OF_CALLS = /^istio_(requests?|responses?|tcp)_/;

/** The conditions of which a metric's series have to meet one. */
export function boundsOf(
  metric: string,
  { ofPods, ofCalls }: OwnSeries,
): readonly (readonly Matcher[])[] {
  return OF_CALLS.test(metric) ? [...ofCalls, ...ofPods] : ofPods;
}
