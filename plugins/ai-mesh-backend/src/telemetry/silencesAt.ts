import { said, wording, type Sentences } from '@ai-mesh/plugin-ai-mesh-common';
import type { RangeSeries } from '../prometheus/PrometheusClient';
import { countBy, rate, selector } from '../prometheus/promql';
import { SourceError } from '../target/SourceError';
import type { Target } from '../target/Target';
import { istioMetrics } from './istioLabels';
import { sentTo } from './TrafficScope';

/** Points between the moment and now at which to look for data. */
const POINTS = 200;
const LEAST_STEP_SECONDS = 15;

/** The shortest window that anything is measured over. */
const WINDOW_SECONDS = 300;

/**
 * By cluster: that nothing of the entity's services was measured at a moment, and since when something is. One question
 * a cluster, and another where there is nothing.
 */
export async function silencesAt(
  target: Target,
  at: Date,
  now: Date,
): Promise<Map<string, Sentences>> {
  const found = await Promise.all(
    target.clusters.map(async ({ cluster, services }) => {
      if (!cluster.prometheus || services.length === 0) {
        return [];
      }
      const { prometheus } = cluster;
      const measured = countBy(
        [],
        rate(
          selector(istioMetrics.requests, ...sentTo(services)),
          WINDOW_SECONDS,
        ),
      );
      const stepSeconds = Math.max(
        LEAST_STEP_SECONDS,
        Math.ceil((now.getTime() - at.getTime()) / 1000 / POINTS),
      );
      try {
        const then = await prometheus.query(measured, { at });
        if (then.samples.length > 0) {
          return [];
        }
        const { series } = await prometheus.queryRange(measured, {
          start: at,
          end: now,
          stepSeconds,
        });
        return [[cluster.name, silence(series[0]?.values ?? [], at)] as const];
      } catch (error) {
        if (!(error instanceof SourceError)) {
          throw error;
        }
        // That it cannot be asked, its own row of the answer's sources says.
        return [];
      }
    }),
  );
  return new Map(found.flat());
}

function silence(counted: RangeSeries['values'], at: Date): Sentences {
  // The first of them may be of before the moment, for its steps are whole ones.
  const since = counted
    .map(([seconds]) => new Date(seconds * 1000))
    .find(one => one > at);
  return said(
    since
      ? wording('silence.until', {
          at: at.toISOString(),
          since: since.toISOString(),
        })
      : wording('silence.whole', { at: at.toISOString() }),
  );
}
