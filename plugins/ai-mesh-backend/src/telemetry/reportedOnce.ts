import {
  above,
  eq,
  or,
  rate,
  selector,
  sumBy,
  unlessOn,
  whereNameless,
  type Expr,
  type Matcher,
  type Selector,
} from '../prometheus/promql';
import { REPORTERS } from './chooseReporters';
import { istioLabels, type Reporter } from './istioLabels';

/** The labels by which two reports are known to be of one edge. */
const EDGE = [
  istioLabels.sourceCluster,
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
  windowSeconds: number;
  /** What a reporter's series come to over the window: each its own number, with its labels. */
  read(series: Selector): Expr;
  /** The cluster of reports that name none, by Istio's name. */
  home?: string;
}

/**
 * Series of Istio's metrics, those of one reporter an edge: the choice of `chooseReporters`, in PromQL, where what
 * counts cannot be picked from an answer (percentiles, windows of days, recording rules). The labels of the edge have
 * to survive `read`.
 */
export function reportedOnce(reports: Reports): Expr {
  const { metric, matchers, read } = reports;
  const [first, ...more] = REPORTERS.map((reporter, index) => {
    const better = REPORTERS.slice(0, index);
    const own = read(
      selector(metric, eq(istioLabels.reporter, reporter), ...matchers),
    );
    return better.length === 0
      ? own
      : unlessOn(EDGE, inHome(own, reports), seenBy(better, reports));
  });
  return or(first, ...more);
}

/** The edges on which one of the reporters saw requests in the window. */
function seenBy(reporters: readonly Reporter[], reports: Reports): Expr {
  const [first, ...more] = reporters.map(reporter =>
    inHome(
      rate(
        selector(
          'istio_requests_total',
          eq(istioLabels.reporter, reporter),
          ...reports.to,
        ),
        reports.windowSeconds,
      ),
      reports,
    ),
  );
  return above(sumBy(EDGE, or(first, ...more)), 0);
}

function inHome(expr: Expr, { home }: Pick<Reports, 'home'>): Expr {
  return home === undefined
    ? expr
    : whereNameless(expr, istioLabels.sourceCluster, home);
}
