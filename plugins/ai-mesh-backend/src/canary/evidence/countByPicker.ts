import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type {
  InstantSample,
  RangeSeries,
} from '../../prometheus/PrometheusClient';
import {
  bornSince,
  countBy,
  grownOver,
  grownSince,
  le,
  newestSample,
  or,
  rate,
  returnedSince,
  tag,
  type CountSpan,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';
import { bucketsOf } from '../../prometheus/histogram';
import { istioLabels } from '../../telemetry/istioLabels';
import type { CountedSlice } from '../gates';
import type { Tally } from '../statistics';
import { askParts, fromPrometheus } from './askParts';
import {
  CLOCK,
  NO_CLOCK,
  SETTLE_SECONDS,
  type CountRequest,
} from './countQueries';
import {
  PART_LABEL,
  VERSION_LABEL,
  type Part,
  type VersionName,
} from './gateQueries';
import type { EvidenceRequest } from './gatherEvidence';
import { ERROR_CODE, isPoolsFault, isShed, sumOfPicker } from './pickerQueries';
import { MEMORY_SECONDS } from './requestQueries';

const versionNames = ['canary', 'stable'] as const;
type Pickers = Record<VersionName, Matcher[]>;

/**
 * Counts both pools' requests by their endpoint pickers, for a gateway whose requests Istio does not count. What found no
 * pod is among the pool's own errors, so that none is lost between the two.
 */
export async function countByPicker(
  request: EvidenceRequest,
  pickers: Pickers,
  {
    from,
    stepFrom = from,
    slowAboveMs,
  }: Pick<CountRequest, 'from' | 'stepFrom' | 'slowAboveMs'>,
): Promise<Measured<CountedSlice>> {
  const { settleSeconds = SETTLE_SECONDS } = request;
  const spanFrom = (fromUnixSeconds: number): CountSpan => ({
    fromUnixSeconds,
    settleSeconds,
    memorySeconds: MEMORY_SECONDS,
  });
  const span = spanFrom(from);
  const answer = await askParts(request, [
    CLOCK,
    ...versionNames.flatMap(version =>
      versionParts(version, pickers[version], span, slowAboveMs),
    ),
  ]);
  if (answer.status === 'unknown') {
    return answer;
  }
  const samples = answer.value;
  if (samples.some(({ value }) => !(value >= 0 && value < Infinity))) {
    return unknown('not-exported', [wording('traffic.noNumber')]);
  }
  const of = (part: Part['part'], version: VersionName) =>
    samples.filter(
      ({ labels }) =>
        labels[PART_LABEL] === part && labels[VERSION_LABEL] === version,
    );
  const [clock] = of('clock', 'canary');
  if (!clock) {
    return NO_CLOCK;
  }
  const shareOf = (isBad: (code: string | undefined) => boolean) => {
    const tally = (version: VersionName): Tally => {
      const requests = sum(of('counted', version));
      const bad = sum(
        of('errors', version).filter(({ labels }) => isBad(labels[ERROR_CODE])),
      );
      // A request is counted when it comes, and its error when it ends: that may be a slice later.
      return { requests, bad: Math.min(bad, requests) };
    };
    return { canary: tally('canary'), stable: tally('stable') };
  };
  const slow = (version: VersionName): Tally | undefined => {
    const buckets = of('buckets', version);
    const isAll = ({ labels }: InstantSample) =>
      labels[istioLabels.bucket] === '+Inf';
    const requests = sum(buckets.filter(isAll));
    const quick = buckets.filter(one => !isAll(one));
    // A picker with other buckets does not tell how many were quick.
    return requests > 0 && quick.length === 0
      ? undefined
      : { requests, bad: Math.max(0, requests - sum(quick)) };
  };
  const [canarySlow, stableSlow] = [slow('canary'), slow('stable')];
  const promql = (version: VersionName) =>
    sumOfPicker('requests', pickers[version], series =>
      grownSince(series, spanFrom(stepFrom)),
    );
  const both = (part: Part['part']) =>
    versionNames.reduce((all, version) => all + sum(of(part, version)), 0);
  const newest = of('newest', 'canary')[0] ?? of('newest', 'stable')[0];
  return known({
    from,
    to: clock.value - settleSeconds,
    ...(newest && { newest: newest.value }),
    shares: {
      errorRate: shareOf(isPoolsFault),
      throttled: shareOf(isShed),
      ...(slowAboveMs !== undefined &&
        canarySlow &&
        stableSlow && { slow: { canary: canarySlow, stable: stableSlow } }),
    },
    lost: 0,
    born: both('born'),
    returned: both('returned'),
    promql: { canary: promql('canary'), stable: promql('stable') },
  });
}

function versionParts(
  version: VersionName,
  pods: Matcher[],
  span: CountSpan,
  slowAboveMs: number | undefined,
): Part[] {
  const bucket = (upperBound: number) =>
    sumOfPicker(
      'durations',
      [...pods, le(upperBound)],
      series => grownSince(series, span),
      istioLabels.bucket,
    );
  const parts: Omit<Part, 'version'>[] = [
    {
      part: 'counted',
      expr: sumOfPicker('requests', pods, series => grownSince(series, span)),
    },
    {
      part: 'newest',
      expr: sumOfPicker('requests', pods, series =>
        newestSample(series, span.settleSeconds),
      ),
    },
    {
      part: 'errors',
      expr: sumOfPicker(
        'errors',
        pods,
        series => grownSince(series, span),
        ERROR_CODE,
      ),
    },
    {
      part: 'born',
      expr: sumOfPicker('requests', pods, series => bornSince(series, span)),
    },
    {
      part: 'returned',
      expr: sumOfPicker('requests', pods, series =>
        countBy([], returnedSince(series, span)),
      ),
    },
    ...(slowAboveMs === undefined
      ? []
      : [
          {
            part: 'buckets' as const,
            expr: or(bucket(slowAboveMs / 1000), bucket(Infinity)),
          },
        ]),
  ];
  return parts.map(part => ({ ...part, version }));
}

/** What the stable pool's picker counted of late: slices, and what counts as slow, milliseconds. */
export async function pickerBefore(
  request: EvidenceRequest,
  { stable }: Pickers,
  span: { lookBackSeconds: number; sliceSeconds: number; until: number },
): Promise<
  Measured<{
    slowAboveMs?: number;
    slices: Record<'errorRate' | 'throttled', Tally[]>;
  }>
> {
  const { cluster, prometheus, signal } = request;
  const { lookBackSeconds, sliceSeconds, until } = span;
  const part = (name: string, expr: Expr) => tag(expr, PART_LABEL, name);
  const grown = (metric: 'requests' | 'errors', ...by: string[]) =>
    sumOfPicker(
      metric,
      stable,
      series => grownOver(series, sliceSeconds),
      ...by,
    );
  return fromPrometheus(cluster, prometheus, async client => {
    const [ranges, buckets] = await Promise.all([
      client.queryRange(
        or(
          part('all', grown('requests')),
          part('errors', grown('errors', ERROR_CODE)),
        ),
        {
          start: new Date((until - lookBackSeconds) * 1000),
          end: new Date(until * 1000),
          stepSeconds: sliceSeconds,
        },
        { signal },
      ),
      client.query(
        sumOfPicker(
          'durations',
          stable,
          series => rate(series, lookBackSeconds),
          istioLabels.bucket,
        ),
        { signal, fresh: true },
      ),
    ]);
    return {
      warnings: [...ranges.warnings, ...buckets.warnings],
      value: {
        ...slowAbove(buckets.samples),
        slices: {
          errorRate: tallies(ranges.series, isPoolsFault),
          throttled: tallies(ranges.series, isShed),
        },
      },
    };
  });
}

function slowAbove(samples: readonly InstantSample[]): {
  slowAboveMs?: number;
} {
  const buckets = bucketsOf(samples);
  const all = buckets.get(Infinity) ?? 0;
  const bounds = [...buckets]
    .filter(([bound, below]) => bound < Infinity && below >= 0.99 * all)
    .map(([bound]) => bound);
  return all > 0 && bounds.length > 0
    ? { slowAboveMs: Math.min(...bounds) * 1000 }
    : {};
}

function tallies(
  series: readonly RangeSeries[],
  isBad: (code: string | undefined) => boolean,
): Tally[] {
  const all = series.find(({ labels }) => labels[PART_LABEL] === 'all');
  const bad = new Map<number, number>();
  for (const { labels, values } of series) {
    if (labels[PART_LABEL] === 'errors' && isBad(labels[ERROR_CODE])) {
      values.forEach(([at, count]) => bad.set(at, (bad.get(at) ?? 0) + count));
    }
  }
  return (all?.values ?? []).map(([at, requests]) => ({
    requests,
    bad: Math.min(bad.get(at) ?? 0, requests),
  }));
}

function sum(samples: readonly InstantSample[]): number {
  return samples.reduce((total, { value }) => total + value, 0);
}
