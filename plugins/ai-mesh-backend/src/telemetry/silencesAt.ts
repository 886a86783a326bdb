import { said, wording, type Sentences } from '@ai-mesh/plugin-ai-mesh-common';
import { countBy, selector } from '../prometheus/promql';
import { SourceError } from '../target/SourceError';
import type { Target } from '../target/Target';
import { istioMetrics } from './istioLabels';
import { sentTo } from './TrafficScope';

/** Points between the moment and now at which to look for data. */
const POINTS = 200;
const LEAST_STEP_SECONDS = 15;

/**
 * By cluster: that there is nothing of the entity's services at a moment, and since when there is something. One question
 * a cluster, whatever the moment.
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
      const stepSeconds = Math.max(
        LEAST_STEP_SECONDS,
        Math.ceil((now.getTime() - at.getTime()) / 1000 / POINTS),
      );
      const series = selector(istioMetrics.requests, ...sentTo(services));
      try {
        const { series: counted } = await cluster.prometheus.queryRange(
          countBy([], series),
          { start: at, end: now, stepSeconds },
        );
        const first = counted[0]?.values[0]?.[0];
        return [[cluster.name, silence(first, at, stepSeconds)] as const];
      } catch (error) {
        if (!(error instanceof SourceError)) {
          throw error;
        }
        // That it cannot be asked, its own row of the answer's sources says.
        return [];
      }
    }),
  );
  return new Map(
    found
      .flat()
      .flatMap(([cluster, silent]) =>
        silent ? [[cluster, silent] as const] : [],
      ),
  );
}

function silence(
  firstSeconds: number | undefined,
  at: Date,
  stepSeconds: number,
): Sentences | undefined {
  if (firstSeconds === undefined) {
    return said(wording('silence.whole', { at: at.toISOString() }));
  }
  return firstSeconds * 1000 > at.getTime() + stepSeconds * 1000
    ? said(
        wording('silence.until', {
          at: at.toISOString(),
          since: new Date(firstSeconds * 1000).toISOString(),
        }),
      )
    : undefined;
}
