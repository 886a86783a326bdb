import {
  known,
  type Measured,
  type Replay,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../prometheus/PrometheusClient';

type BudgetAlert = Extract<
  Replay['budgetAlerts'],
  { status: 'known' }
>['value'][number];

/** What a series of alerts is about; undefined for another's. */
export type ReadAlert = (
  labels: Readonly<Record<string, string>>,
) => Pick<BudgetAlert, 'objective' | 'model' | 'severity'> | undefined;

/**
 * When alerts fired, by the moments of a replay that have a sample of them: without one it did not fire then, unless nothing at
 * all was measured, and it goes on for all that is known.
 */
export function alertsWithin(
  cluster: string,
  series: Measured<readonly RangeSeries[]>,
  moments: Replay['moments'],
  read: ReadAlert,
): Measured<BudgetAlert[]> {
  if (series.status === 'unknown') {
    return series;
  }
  return known(
    series.value.flatMap(({ labels, values }) => {
      const alert = read(labels);
      if (!alert) {
        return [];
      }
      const fires = new Set(values.map(([seconds]) => seconds * 1000));
      const firing: boolean[] = [];
      for (const { at, measured } of moments) {
        firing.push(
          fires.has(Date.parse(at)) || (!measured && firing.at(-1) === true),
        );
      }
      return moments.flatMap((moment, at) => {
        if (!firing[at] || firing[at - 1]) {
          return [];
        }
        const end = firing.indexOf(false, at);
        return [
          {
            cluster,
            ...alert,
            from: moment.at,
            ...(end !== -1 && { until: moments[end].at }),
          },
        ];
      });
    }),
  );
}
