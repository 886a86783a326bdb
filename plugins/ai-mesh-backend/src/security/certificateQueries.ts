import {
  above,
  countBy,
  endsWithOneOf,
  eq,
  increaseWithRareBirths,
  minBy,
  oneOf,
  or,
  selector,
  sumBy,
  tag,
  type Expr,
} from '../prometheus/promql';

/** Tells apart the figures of one answer. */
export const FIGURE_LABEL = 'figure';

/** Prometheus' usual label beside the one that older scrape configurations write. */
export const POD_LABELS = ['pod', 'kubernetes_pod_name'] as const;
export const NAMESPACE_LABELS = ['namespace', 'kubernetes_namespace'] as const;

const LABELS = [...POD_LABELS, ...NAMESPACE_LABELS];

/** Longer than the half life after which Istio renews a workload's certificate of 24 h. */
const WATCHED = '1d:30m';

/**
 * The certificates of the proxies in these namespaces: seconds `left`, the `earliest` expiry (Unix seconds) that was
 * reported over the last day, and since when (`since`) they report. For an instant query.
 */
export function certificatesQuery(
  namespaces: readonly string[],
): Expr | undefined {
  if (namespaces.length === 0) {
    return undefined;
  }
  const [first, ...more] = NAMESPACE_LABELS.flatMap(label => {
    const series = selector(
      'istio_agent_cert_expiry_seconds',
      oneOf(label, namespaces),
    );
    return [
      figure('left', minBy(LABELS, series)),
      figure(
        'earliest',
        minBy(LABELS, overWatched(`timestamp(${series}) + ${series}`)),
      ),
      figure('since', minBy(LABELS, overWatched(`timestamp(${series})`))),
    ];
  });
  return or(first, ...more);
}

function overWatched(expression: string): Expr {
  return `min_over_time((${expression})[${WATCHED}])` as Expr;
}

export const REJECTS = {
  clusters: 'pilot_xds_cds_reject',
  endpoints: 'pilot_xds_eds_reject',
  listeners: 'pilot_xds_lds_reject',
  routes: 'pilot_xds_rds_reject',
} as const;

/**
 * Istiod only ever counts rejections up, so that one which was mended hours ago still stands in the number: one that
 * happened lately is one that may still hold.
 */
export const REJECTED_SECONDS = 900;
/** A series that a failed scrape hid for a while is not a first rejection. */
const MEMORY_SECONDS = 3600;

/**
 * The root certificate, how many istiods report connected proxies and how many report at all, and which proxies of
 * these namespaces rejected their configuration lately. Istiod names a proxy `<pod>.<namespace>`, and exports
 * `pilot_xds` only while a proxy is connected. For an instant query.
 */
export function controlPlaneQuery(namespaces: readonly string[]): Expr {
  const theirs =
    namespaces.length === 0
      ? undefined
      : endsWithOneOf(
          'node',
          namespaces.map(namespace => `.${namespace}`),
        );
  return or(
    ...istiodFigures(),
    ...(theirs ? Object.entries(REJECTS) : []).map(([part, metric]) =>
      figure(
        `rejected_${part}`,
        rejectedLately(['node', 'err'], selector(metric, theirs!)),
      ),
    ),
  );
}

/**
 * The same of a whole cluster: how many proxies rejected each part of their configuration lately, whosever they are.
 * For an instant query.
 */
export function meshControlPlaneQuery(): Expr {
  return or(
    ...istiodFigures(),
    ...Object.entries(REJECTS).map(([part, metric]) =>
      figure(
        `rejected_${part}`,
        countBy([], rejectedLately(['node'], selector(metric))),
      ),
    ),
  );
}

function istiodFigures(): [Expr, ...Expr[]] {
  return [
    figure(
      'root_expires',
      minBy([], selector('citadel_server_root_cert_expiry_timestamp')),
    ),
    figure(
      'root_left',
      minBy([], selector('citadel_server_root_cert_expiry_seconds')),
    ),
    figure('connected', countBy([], selector('pilot_xds'))),
    figure(
      'reporting',
      countBy([], selector('istio_build', eq('component', 'pilot'))),
    ),
  ];
}

function rejectedLately(
  labels: readonly string[],
  rejections: Parameters<typeof increaseWithRareBirths>[0],
): Expr {
  return above(
    sumBy(
      labels,
      increaseWithRareBirths(rejections, REJECTED_SECONDS, MEMORY_SECONDS),
    ),
    0,
  );
}

function figure(name: string, expr: Expr): Expr {
  return tag(expr, FIGURE_LABEL, name);
}
