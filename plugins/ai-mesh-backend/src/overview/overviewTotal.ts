import {
  windowSeconds as secondsOf,
  type Overview,
  type Window,
} from '@ai-mesh/plugin-ai-mesh-common';
import { searchedSources } from '../target/searchedSources';
import type { Target } from '../target/Target';
import { gatherOverview } from './gatherOverview';
import { totalTraffic } from './totals';
import { uniteClusters } from './uniteClusters';

/** As the overview says it, what requests and their latencies alone tell: two questions a cluster. Never rejects for a source that fails. */
export async function overviewTotal(
  target: Target,
  window: Window,
): Promise<
  Pick<Overview, 'services' | 'resolution' | 'sources'> & {
    traffic: Pick<Overview['traffic'], 'total'>;
  }
> {
  const gathered = uniteClusters(
    await Promise.all(
      target.clusters
        .filter(({ services }) => services.length > 0)
        .map(cluster =>
          gatherOverview(
            cluster,
            target.searched.map(({ cluster: one }) => one),
            window,
            'total',
          ),
        ),
    ),
  );
  return {
    resolution: target.resolution,
    services: servicesOf(target),
    traffic: { total: totalTraffic(gathered, secondsOf[window]) },
    sources: [
      ...searchedSources(target),
      ...gathered.map(({ telemetry }) => telemetry.source),
    ],
  };
}

export function servicesOf({ clusters }: Target): Overview['services'] {
  return clusters.flatMap(({ cluster, services }) =>
    services.map(({ namespace, name }) => ({
      cluster: cluster.name,
      namespace,
      name,
    })),
  );
}
