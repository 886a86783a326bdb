import {
  above,
  doesNotMatch,
  eq,
  escapeRegex,
  matches,
  or,
  selector,
  sumBy,
  unlessOn,
  type Expr,
  type Matcher,
  type Selector,
} from '../prometheus/promql';
import { REPORTERS } from './chooseReporters';
import { istioLabels, istioMetrics, type Reporter } from './istioLabels';
import type { RateRow } from './RateRow';

/** The labels by which two reports are known to be of one edge, for callers of one cluster. */
const EDGE = [
  istioLabels.sourceWorkload,
  istioLabels.sourceNamespace,
  istioLabels.destinationService,
  istioLabels.destinationServiceNamespace,
];

/** Which series, and how each is read. */
export interface Reports {
  metric: string;
  /** Conditions on what is read. */
  matchers: readonly Matcher[];
  /** Conditions on the requests by which an edge's reporter is chosen; those of the called services suffice. */
  to: readonly Matcher[];
  /** What a series comes to over the window. Keeps the edge's labels. */
  read(series: Selector): Expr;
  /** The cluster of reports that name none, by Istio's name. */
  home: string;
  /**
   * A further condition on what callers of other clusters sent, for a Prometheus that holds their proxies' reports too:
   * what reached nobody is counted where it was made.
   */
  fromElsewhere?: Matcher;
  /** Who reports at all; everybody unless given. */
  reporters?: readonly Reporter[];
  /** Where the requests went that are this cluster's to count; anywhere unless given. */
  here?: Matcher;
  /**
   * Where they went that its callers alone can tell about when they never arrived: the called side has no report of
   * them, and the caller's lies in no other Prometheus.
   */
  elsewhere?: Matcher;
}

/**
 * Flags of a request that no proxy of the called side has seen: no connection, no host, no route, no cluster, and limits
 * of the caller's own.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage (RESPONSE_FLAGS)
 */
const NEVER_ARRIVED_FLAGS = '(.*,)?(UF|UH|UO|NR|NC)(,.*)?';
const NEVER_ARRIVED = matches(istioLabels.responseFlags, NEVER_ARRIVED_FLAGS);
const IS_NEVER_ARRIVED = new RegExp(`^${NEVER_ARRIVED_FLAGS}$`);

/** Whether a row is of requests that no proxy of the called side has seen. */
export function neverArrived({ labels }: Pick<RateRow, 'labels'>): boolean {
  return IS_NEVER_ARRIVED.test(labels[istioLabels.responseFlags] ?? '');
}

/**
 * Series of Istio's metrics, those of one reporter an edge: the choice of `chooseReporters`, in PromQL, where what
 * counts cannot be picked from an answer (percentiles, windows of days, recording rules).
 */
export function reportedOnce(reports: Reports): Expr {
  const { reporters = REPORTERS } = reports;
  const present = REPORTERS.filter(one => reporters.includes(one));
  const callers = callerClusters(reports);
  const [first, ...more] = present.flatMap((reporter, index) => {
    if (index === 0) {
      return reports.fromElsewhere
        ? callers.map(({ callersAre }) =>
            read(reports, reporter, ...callersAre),
          )
        : [read(reports, reporter)];
    }
    return callers.map(({ callersAre, edge }) =>
      unlessOn(
        edge,
        read(reports, reporter, ...callersAre),
        seenBy(present.slice(0, index), reports, callersAre, edge),
      ),
    );
  });
  return or(first, ...more, ...unseenElsewhere(reports, present));
}

/** What the cluster's callers sent to others of the service's clusters, of which nobody there knows. */
function unseenElsewhere(
  reports: Reports,
  present: readonly Reporter[],
): Expr[] {
  const { elsewhere } = reports;
  const [own] = callerClusters(reports);
  return elsewhere && present.includes('source')
    ? [
        read(
          { ...reports, here: elsewhere },
          'source',
          ...own.callersAre,
          NEVER_ARRIVED,
        ),
      ]
    : [];
}

/** Callers of the cluster itself, by whom nothing is called that names no cluster, and those of others. */
function callerClusters({
  home,
  fromElsewhere,
}: Reports): { callersAre: Matcher[]; edge: string[] }[] {
  const own = `(unknown|${escapeRegex(home)})?`;
  return [
    { callersAre: [matches(istioLabels.sourceCluster, own)], edge: EDGE },
    {
      callersAre: [
        doesNotMatch(istioLabels.sourceCluster, own),
        ...(fromElsewhere ? [fromElsewhere] : []),
      ],
      edge: [...EDGE, istioLabels.sourceCluster],
    },
  ];
}

function read(
  { metric, matchers, here, read: over }: Reports,
  reporter: Reporter,
  ...more: Matcher[]
): Expr {
  return over(
    selector(
      metric,
      eq(istioLabels.reporter, reporter),
      ...matchers,
      ...(here ? [here] : []),
      ...more,
    ),
  );
}

/** The edges on which one of the reporters saw requests in the window. */
function seenBy(
  reporters: readonly Reporter[],
  { to, ...reports }: Reports,
  callersAre: readonly Matcher[],
  edge: readonly string[],
): Expr {
  const requests = {
    ...reports,
    metric: istioMetrics.requests,
    matchers: to,
    to,
  };
  const [first, ...more] = reporters.map(reporter =>
    read(requests, reporter, ...callersAre),
  );
  return above(sumBy(edge, or(first, ...more)), 0);
}
