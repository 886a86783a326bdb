import { istioLabels, type Reporter } from './istioLabels';
import type { RateRow } from './RateRow';

/** Best first: see {@link chooseReporters}. */
const PREFERENCE: readonly Reporter[] = ['source', 'waypoint', 'destination'];

/** Which reports count, edge by edge. */
export interface ReporterChoice {
  /** The reporter chosen for the row's edge. */
  of(row: RateRow): Reporter | undefined;
  /** The rows that count. Takes request rows and bucket rows alike, as long as they carry the edge's labels. */
  pick(rows: readonly RateRow[]): RateRow[];
}

/**
 * Chooses one reporter for each pair of calling workload and called service, because a request between two proxies is
 * reported by both.
 *
 * The caller's proxy comes first: it alone sees what never arrived (breaker open, connection failures, timeouts).
 * Then a waypoint, which stands before the service and sees what a ztunnel cannot. The called proxy is left for callers
 * without a proxy or outside the mesh. A reporter that saw no request in the window loses to one that did: series of
 * a proxy that is gone live on in the window.
 *
 * @param rows - rates of `istio_requests_total` (or of TCP connections) with the labels of both ends and `reporter`
 */
export function chooseReporters(rows: readonly RateRow[]): ReporterChoice {
  const seen = new Map<string, Map<Reporter, number>>();
  for (const row of rows) {
    const reporter = reporterOf(row);
    if (reporter) {
      const key = edgeKey(row);
      const rates = seen.get(key) ?? new Map<Reporter, number>();
      rates.set(reporter, (rates.get(reporter) ?? 0) + row.rate);
      seen.set(key, rates);
    }
  }
  const chosen = new Map<string, Reporter>();
  for (const [key, rates] of seen) {
    const present = PREFERENCE.filter(reporter => rates.has(reporter));
    // Not `> 0`: a NaN must not hand the edge to another reporter unnoticed.
    chosen.set(key, present.find(name => rates.get(name) !== 0) ?? present[0]);
  }
  const of = (row: RateRow) => chosen.get(edgeKey(row));
  return {
    of,
    pick: candidates =>
      candidates.filter(row => {
        const reporter = reporterOf(row);
        return reporter !== undefined && of(row) === reporter;
      }),
  };
}

/** Who reported the row. */
export function reporterOf({ labels }: RateRow): Reporter | undefined {
  const reporter = labels[istioLabels.reporter];
  return PREFERENCE.find(name => name === reporter);
}

function edgeKey({ labels }: RateRow): string {
  return JSON.stringify([
    labels[istioLabels.sourceWorkload] ?? '',
    labels[istioLabels.sourceNamespace] ?? '',
    labels[istioLabels.destinationService] ?? '',
    labels[istioLabels.destinationServiceNamespace] ?? '',
  ]);
}
