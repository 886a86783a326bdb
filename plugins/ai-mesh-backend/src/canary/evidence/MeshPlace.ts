import { noneOf } from '../../prometheus/promql';
import { istioLabels, named, type Reporter } from '../../telemetry/istioLabels';
import type { Reports } from '../../telemetry/reportedOnce';

/** Where a canary is, by Istio's names, to tell its calls in a Prometheus that holds other clusters' as well. */
export interface MeshPlace {
  /** Its cluster. */
  home: string;
  /** The others whose series lie in the same Prometheus. */
  others: readonly string[];
  /** Whose reports count for any of its calls, where that is known; else everybody's may. */
  reporters?: readonly Reporter[];
}

/** The place of a request for evidence. */
export function placeOf({
  cluster,
  istioCluster = cluster,
  sharers = [],
  reporters,
}: {
  cluster: string;
  istioCluster?: string;
  sharers?: readonly string[];
  reporters?: readonly Reporter[];
}): MeshPlace {
  return { home: istioCluster, others: sharers, reporters };
}

/**
 * How reports are chosen there. What other clusters' callers sent to their own endpoints, by their own routes, is nothing
 * of the canary's.
 */
export function reportsAt({
  home,
  others,
  reporters,
}: MeshPlace): Pick<Reports, 'home' | 'fromElsewhere' | 'reporters'> {
  return {
    home,
    reporters,
    ...(others.length > 0 && {
      fromElsewhere: noneOf(istioLabels.destinationCluster, others),
    }),
  };
}

/** As {@link reportsAt}, for rows: whether the place is an end of the call, as far as it is told. */
export function isAt({
  home,
  others,
}: MeshPlace): (row: { labels: Readonly<Record<string, string>> }) => boolean {
  return ({ labels }) => {
    const caller =
      named(labels, istioLabels.sourceCluster) ??
      (labels[istioLabels.reporter] === 'source' ? home : undefined);
    return (
      caller === home ||
      !others.includes(labels[istioLabels.destinationCluster] ?? '')
    );
  };
}
