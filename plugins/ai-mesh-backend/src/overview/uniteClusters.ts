import type { Measured } from '@ai-mesh/plugin-ai-mesh-common';
import { uniteReports } from '../telemetry';
import type { GatheredOverview } from './gatherOverview';

/** Leaves each report in one cluster's answer, so that all of them can be added up. */
export function uniteClusters(
  gathered: readonly GatheredOverview[],
): GatheredOverview[] {
  const unite = <T extends { labels: Record<string, string> }>(
    answer: (cluster: GatheredOverview) => Measured<readonly T[]>,
  ) =>
    uniteReports(
      gathered.map(one => ({ names: one.names, rows: answer(one) })),
    );
  const requests = unite(one => one.requests);
  const buckets = unite(one => one.buckets);
  const usual = unite(one => one.usual);
  const tcp = unite(one => one.tcp);
  const lately = unite(one => one.lately);
  const series = unite(one => one.series);
  return gathered.map((one, index) => ({
    ...one,
    requests: requests[index],
    buckets: buckets[index],
    usual: usual[index],
    tcp: tcp[index],
    lately: lately[index],
    series: series[index],
  }));
}
