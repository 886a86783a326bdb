import {
  known,
  type FleetControlPlane,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { RateRow } from '../telemetry/RateRow';
import { REJECTS } from './certificateQueries';
import { figure, nobodyConnected, ofRoot } from './certificates';

const parts = Object.keys(REJECTS) as (keyof typeof REJECTS)[];

/**
 * How a cluster's control plane does.
 *
 * @param rows - of the query of the whole cluster's
 */
export function meshControlPlane(
  rows: Measured<readonly RateRow[]>,
  now: Date,
): Omit<FleetControlPlane, 'cluster'> {
  return { root: ofRoot(rows, now), rejecting: rejecting(rows) };
}

function rejecting(
  rows: Measured<readonly RateRow[]>,
): FleetControlPlane['rejecting'] {
  if (rows.status === 'unknown') {
    return rows;
  }
  const found = parts.flatMap(part => {
    const proxies = figure(rows.value, `rejected_${part}`) ?? 0;
    return proxies > 0 ? { part, proxies } : [];
  });
  // Rejections are exported only once there are any: that there is none is known only of istiods that serve proxies.
  return found.length > 0 || figure(rows.value, 'connected') !== undefined
    ? known(found)
    : nobodyConnected(rows.value);
}
