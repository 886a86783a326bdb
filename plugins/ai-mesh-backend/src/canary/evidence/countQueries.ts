import { unknown, wording } from '@ai-mesh/plugin-ai-mesh-common';
import {
  bornSince,
  countBy,
  evaluationTime,
  grownSince,
  histogramCount,
  histogramCountUpTo,
  le,
  newestSample,
  or,
  rate,
  returnedSince,
  selector,
  sumBy,
  tag,
  type CountSpan,
  type Expr,
  type Matcher,
  type Selector,
} from '../../prometheus/promql';
import { istioLabels, istioMetrics } from '../../telemetry/istioLabels';
import type { CountPromql } from '../gates';
import type { MeasurableVersion, Part, VersionName } from './gateQueries';
import type { MeshPlace } from './MeshPlace';
import {
  EDGE_LABELS,
  MEMORY_SECONDS,
  REACHED_NONE,
  REQUEST_LABELS,
} from './requestQueries';

/** Where native histograms are scraped, its series are those; classic ones have the buckets' series. */
export const DURATIONS = istioMetrics.durations;
export const BUCKETS = `${DURATIONS}_bucket`;

/** A scrape of so long ago has arrived, however slow its target was to answer; unless the configuration says more. */
export const SETTLE_SECONDS = 3;

/** What tells the time there. */
export const CLOCK: Part = {
  part: 'clock',
  version: 'canary',
  expr: evaluationTime(),
};

export const NO_CLOCK = unknown('source-unreachable', [
  wording('figure.noTime'),
]);

/** What is counted, and since when. */
export interface CountRequest extends MeshPlace {
  /** Since when the present weights are counted, Unix seconds; absent: since `from`. */
  stepFrom?: number;
  /** Unix seconds by Prometheus' clock. */
  from: number;
  /** What counts as slow, milliseconds; absent where no histogram tells. */
  slowAboveMs?: number;
  /** Whether native histograms tell it; else classic ones. */
  slowIsNative?: boolean;
  /** Whether endpoint pickers count; else Istio does. */
  byPicker?: boolean;
  /** The versions are Services of their own: what reached none of one's workloads is counted with the rest of it. */
  ownServices: boolean;
  /** Samples that are older have arrived. */
  settleSeconds: number;
}

/** All that has to be asked to count both versions' requests; nothing where metrics cannot tell them apart. */
export function countQueries(
  versions: Record<VersionName, MeasurableVersion>,
  request: CountRequest,
): Part[] {
  const span: CountSpan = {
    fromUnixSeconds: request.from,
    settleSeconds: request.settleSeconds,
    memorySeconds: MEMORY_SECONDS,
  };
  const { canary, stable } = versions;
  if (
    canary.requests.status === 'unknown' ||
    stable.requests.status === 'unknown' ||
    !canary.service
  ) {
    return [];
  }
  const { service } = canary;
  const services = [service, stable.service ?? service].filter(
    (matchers, index, all) =>
      index === 0 || String(matchers) !== String(all[0]),
  );
  const requests = services.map(matchers =>
    selector(istioMetrics.requests, ...matchers),
  );
  const ofBoth = (read: (series: Selector) => Expr) => {
    const [first, ...more] = requests.map(read);
    return or(first, ...more);
  };
  return [
    ...versionParts('canary', canary.requests.value, span, request),
    ...versionParts('stable', stable.requests.value, span, request),
    ...(request.ownServices
      ? []
      : [
          {
            part: 'lost' as const,
            version: 'canary' as const,
            expr: sumBy(
              REQUEST_LABELS,
              grownSince(
                selector(istioMetrics.requests, ...service, REACHED_NONE),
                span,
              ),
            ),
          },
        ]),
    // Two proxies report an edge and are scraped at different moments: who counts for it is chosen over a longer time.
    {
      part: 'edges',
      version: 'canary',
      expr: ofBoth(series => sumBy(EDGE_LABELS, rate(series, MEMORY_SECONDS))),
    },
    {
      part: 'born',
      version: 'canary',
      expr: sumBy(
        [istioLabels.reporter],
        ofBoth(series => bornSince(series, span)),
      ),
    },
    {
      part: 'returned',
      version: 'canary',
      expr: countBy(
        [],
        ofBoth(series => returnedSince(series, span)),
      ),
    },
    CLOCK,
  ];
}

function countedRequests(to: Matcher[], span: CountSpan): Expr {
  return sumBy(
    REQUEST_LABELS,
    grownSince(selector(istioMetrics.requests, ...to), span),
  );
}

/** The queries that count both versions since the weights changed last, for a person to repeat them. */
export function countPromql(
  { canary, stable }: Record<VersionName, MeasurableVersion>,
  request: CountRequest,
): CountPromql | undefined {
  if (
    canary.requests.status === 'unknown' ||
    stable.requests.status === 'unknown'
  ) {
    return undefined;
  }
  const span = {
    fromUnixSeconds: request.stepFrom ?? request.from,
    settleSeconds: request.settleSeconds,
    memorySeconds: MEMORY_SECONDS,
  };
  return {
    canary: countedRequests(canary.requests.value, span),
    stable: countedRequests(stable.requests.value, span),
  };
}

function versionParts(
  version: VersionName,
  to: Matcher[],
  span: CountSpan,
  { slowAboveMs, slowIsNative = false }: CountRequest,
): Part[] {
  const natively = (upperBoundMs: number) =>
    tag(
      sumBy(
        EDGE_LABELS,
        grownSince(selector(DURATIONS, ...to), span, histograms =>
          upperBoundMs === Infinity
            ? histogramCount(histograms)
            : histogramCountUpTo(upperBoundMs, histograms),
        ),
      ),
      istioLabels.bucket,
      upperBoundMs === Infinity ? '+Inf' : String(upperBoundMs),
    );
  // The bucket of all says how many there were: other series may have come a scrape later.
  const bucketsOf = (upperBoundMs: number) =>
    slowIsNative
      ? or(natively(upperBoundMs), natively(Infinity))
      : sumBy(
          [...EDGE_LABELS, istioLabels.bucket],
          grownSince(
            selector(BUCKETS, ...to, le(upperBoundMs, Infinity)),
            span,
          ),
        );
  return [
    {
      part: 'counted',
      version,
      expr: countedRequests(to, span),
    },
    {
      part: 'newest',
      version,
      expr: newestSample(
        selector(istioMetrics.requests, ...to),
        span.settleSeconds,
      ),
    },
    ...(slowAboveMs === undefined
      ? []
      : [
          {
            part: 'buckets' as const,
            version,
            expr: bucketsOf(slowAboveMs),
          },
        ]),
  ];
}
