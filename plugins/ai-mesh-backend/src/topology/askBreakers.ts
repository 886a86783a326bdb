import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import {
  parseClusterName,
  type RateRow,
  type TrafficSource,
} from '../telemetry';

/**
 * Statistics of the circuit breakers of the hosts that are found. Those of likely hosts are asked for at once, and another
 * time only of what is found besides.
 */
export async function askBreakers(
  traffic: Pick<TrafficSource, 'breakers'>,
  likely: readonly string[],
  found: Promise<readonly string[]>,
): Promise<Measured<readonly RateRow[]>> {
  if (likely.length === 0) {
    return traffic.breakers(await found);
  }
  const [ahead, besides, hosts] = await Promise.all([
    traffic.breakers(likely),
    found.then(all =>
      traffic.breakers(all.filter(one => !likely.includes(one))),
    ),
    found,
  ]);
  if (ahead.status === 'unknown') {
    return ahead;
  }
  const wanted = new Set(hosts);
  const rows = ahead.value.filter(({ labels }) =>
    wanted.has(parseClusterName(labels.cluster_name ?? '')?.host ?? ''),
  );
  return besides.status === 'unknown'
    ? besides
    : known([...rows, ...besides.value]);
}
