import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../../prometheus/PrometheusClient';
import {
  eq,
  grownOver,
  or,
  sumBy,
  tag,
  type Expr,
  type Matcher,
} from '../../prometheus/promql';
import { istioLabels, istioMetrics } from '../../telemetry/istioLabels';
import { reportedOnce, type Reports } from '../../telemetry/reportedOnce';
import type { Tally } from '../statistics';
import { fromPrometheus } from './askParts';
import { PART_LABEL } from './gateQueries';
import type { EvidenceRequest } from './gatherEvidence';
import { failedRequests } from './requestQueries';

/** How long before the start is looked at, for how much failures come in clumps. */
export const LOOK_BACK_SECONDS = 1800;

/** With all that were asked for, also those without any request. */
export type SlicesBefore = Record<'errorRate' | 'throttled', Tally[]>;

/** The stable version's requests until a moment, slice by slice. */
export async function slicesBefore(
  { cluster, prometheus, signal }: EvidenceRequest,
  reports: Omit<Reports, 'metric' | 'read'>,
  sliceSeconds: number,
  until: number,
): Promise<Measured<SlicesBefore>> {
  const read: Reports['read'] = series => grownOver(series, sliceSeconds);
  const requests = (...matchers: Matcher[]) =>
    sumBy(
      [],
      reportedOnce({
        ...reports,
        metric: istioMetrics.requests,
        matchers: [...reports.matchers, ...matchers],
        read,
      }),
    );
  const part = (name: string, expr: Expr) => tag(expr, PART_LABEL, name);
  const answer = await fromPrometheus(cluster, prometheus, async client => {
    const { warnings, series } = await client.queryRange(
      or(
        part('all', requests()),
        part('failed', failedRequests({ ...reports, read })),
        part('throttled', requests(eq(istioLabels.responseCode, '429'))),
      ),
      {
        start: new Date((until - LOOK_BACK_SECONDS) * 1000),
        end: new Date(until * 1000),
        stepSeconds: sliceSeconds,
      },
      { signal },
    );
    return { warnings, value: series };
  });
  return answer.status === 'known'
    ? known({
        errorRate: tallies(answer.value, 'failed'),
        throttled: tallies(answer.value, 'throttled'),
      })
    : answer;
}

function tallies(series: readonly RangeSeries[], bad: string): Tally[] {
  const valuesOf = (name: string) =>
    new Map(series.find(({ labels }) => labels[PART_LABEL] === name)?.values);
  const badAt = valuesOf(bad);
  return [...valuesOf('all')].map(([at, requests]) => ({
    requests,
    // A series that nobody has counted yet has counted nothing.
    bad: Math.min(badAt.get(at) ?? 0, requests),
  }));
}
