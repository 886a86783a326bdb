import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { istioLabels, named, type Reporter } from './istioLabels';
import type { RateRow } from './RateRow';
import { reportingClusters } from './reportingCluster';

/** Best first: see {@link chooseReporters}. */
export const REPORTERS: readonly Reporter[] = [
  'source',
  'waypoint',
  'destination',
];

/** Which reports count, edge by edge. */
export interface ReporterChoice {
  /** The reporter chosen for the row's edge. */
  of(row: RateRow): Reporter | undefined;
  /**
   * The rows that count. Takes request rows and bucket rows alike, as long as they carry the edge's labels. Rows that
   * name no reporter at all stay, so that whoever reads them can tell that the label is missing: {@link lacksReporter}.
   */
  pick<T extends RateRow>(rows: readonly T[]): T[];
  /**
   * Of TCP rows, those that may count beside the requests: whoever read the requests of an edge would have counted its
   * TCP as well, so that another's TCP there (a ztunnel's, which sees bytes alone) is of the same calls.
   */
  besideRequests<T extends RateRow>(tcp: readonly T[]): T[];
}

/**
 * Chooses one reporter for each pair of calling workload and called service, because a request between two proxies is
 * reported by both. Rates or counts: whatever is compared has to be of one kind.
 *
 * | who reports            | `source`            | `waypoint` | `destination`       |
 * |------------------------|---------------------|------------|---------------------|
 * | sidecar to sidecar     | requests, TCP       |            | requests, TCP       |
 * | no proxy to sidecar    |                     |            | requests, TCP       |
 * | ambient, no waypoint   | TCP                 |            | TCP                 |
 * | ambient, by waypoint   | TCP                 | requests   | TCP of the waypoint |
 * | ambient to sidecar     | TCP                 |            | requests, TCP       |
 * | sidecar to ambient     | requests            |            | TCP                 |
 *
 * (ztunnel: `src/proxy/metrics.rs`, `src/proxy/outbound.rs`; a waypoint's stats filter names itself by `reporter`.)
 *
 * The caller's proxy comes first: it alone sees what never arrived (breaker open, connection failures, timeouts).
 * Then a waypoint, which stands before the service and sees what a ztunnel cannot. The called proxy is left for callers
 * without a proxy or outside the mesh, and for those of another cluster, whose proxies report into a Prometheus of
 * their own: a caller is a workload **of a cluster**. A reporter that saw no request in the window loses to one that
 * did: series of a proxy that is gone live on in the window.
 *
 * @param rows - rates of `istio_requests_total` (or of TCP connections) with the labels of both ends and `reporter`
 * @param home - the cluster of reports that name none, by Istio's name, where the rows do not tell
 */
export function chooseReporters(
  rows: readonly RateRow[],
  home?: string,
): ReporterChoice {
  const edgeKey = edgeKeys(rows, home);
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
    const present = REPORTERS.filter(reporter => rates.has(reporter));
    // Not `> 0`: a NaN must not hand the edge to another reporter unnoticed.
    chosen.set(key, present.find(name => rates.get(name) !== 0) ?? present[0]);
  }
  const of = (row: RateRow) => chosen.get(edgeKey(row));
  return {
    of,
    pick: candidates =>
      candidates.filter(row => {
        const reporter = reporterOf(row);
        return reporter === undefined
          ? !row.labels[istioLabels.reporter]
          : of(row) === reporter;
      }),
    besideRequests: tcp =>
      tcp.filter(row => {
        const reader = of(row);
        return (
          reader === undefined ||
          reader === reporterOf(row) ||
          seen.get(edgeKey(row))?.get(reader) === 0
        );
      }),
  };
}

/**
 * Whether some of what was counted names no reporter, as where `tagOverrides` drops the label: what two proxies report of
 * one request cannot be told from two requests then.
 */
export function lacksReporter(rows: readonly RateRow[]): boolean {
  return rows.some(
    ({ rate, labels }) => rate !== 0 && !labels[istioLabels.reporter],
  );
}

/** Why numbers cannot be told of rows that {@link lacksReporter}. */
export const NO_REPORTER = [wording('metrics.noReporter')];

/** What tells one caller's requests from another's. */
export const CALLER_LABELS = [
  istioLabels.sourceWorkload,
  istioLabels.sourceNamespace,
];

/**
 * Why numbers cannot be told of rows that several proxies report and some of which lack a label of the caller, as where
 * `tagOverrides` drops it on either side; undefined where they can. Rows of which no reporter has been left out yet.
 */
export function untoldCallers(rows: readonly RateRow[]): Words | undefined {
  const counted = rows.filter(({ rate }) => rate !== 0);
  const lacked =
    new Set(counted.map(reporterOf)).size > 1 &&
    CALLER_LABELS.find(label =>
      counted.some(({ labels }) => labels[label] === undefined),
    );
  return lacked
    ? wording('source.untoldCallers', { label: lacked })
    : undefined;
}

/** Who reported the row. */
export function reporterOf({
  labels,
}: Pick<RateRow, 'labels'>): Reporter | undefined {
  const reporter = labels[istioLabels.reporter];
  return REPORTERS.find(name => name === reporter);
}

/**
 * Names a row's edge. Where some reports name the caller's cluster and some do not (older proxies, labels dropped), the
 * nameless are of the cluster that reports, if it is one.
 */
function edgeKeys(
  rows: readonly RateRow[],
  home = '',
): (row: Pick<RateRow, 'labels'>) => string {
  const [reporting, ...more] = reportingClusters(rows);
  const nameless =
    reporting === undefined || more.length > 0 ? home : reporting;
  return ({ labels }) =>
    JSON.stringify([
      named(labels, istioLabels.sourceCluster) ?? nameless,
      labels[istioLabels.sourceWorkload] ?? '',
      labels[istioLabels.sourceNamespace] ?? '',
      labels[istioLabels.destinationService] ?? '',
      labels[istioLabels.destinationServiceNamespace] ?? '',
    ]);
}
