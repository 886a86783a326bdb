import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { waypointOf } from '../routes/waypointOf';
import {
  istioLabels,
  LATELY_SECONDS,
  REFUSED_METRIC,
  sumRates,
  TCP_METRIC_LABEL,
  type RateRow,
} from '../telemetry';
import { usualRateOf } from './buildEdge';
import type { Call } from './callsOf';
import type { Peer } from './Peer';

/** Fewer may be connections that somebody gave up. */
const ENOUGH_REFUSED = 5;

/**
 * Why nobody reaches a peer, as far as connections tell: those to it failed in the last minute, not a byte went over them, and
 * nobody else reached it. Undefined where that is not so, or is not counted.
 *
 * @param received - its calls, of all callers that are known
 * @param snapshot - of its cluster, where that tells of the same time
 */
export function refusal(
  { namespace, name }: Peer,
  received: readonly Call[],
  snapshot: MeshSnapshot | undefined,
): Words | undefined {
  const refused = received.filter(call => refusedPerSecond(call) > 0);
  const count = Math.round(
    refused.reduce((sum, call) => sum + refusedPerSecond(call), 0) *
      LATELY_SECONDS,
  );
  const service =
    namespace === undefined
      ? undefined
      : snapshot?.get('Service', namespace, name);
  const { asked, state } =
    snapshot && service ? waypointOf(snapshot, service) : {};
  const waypoint = state?.status === 'serving' ? asked : undefined;
  // Whom only the called side reports has no proxy of the mesh, and goes by no waypoint.
  const byTheWay = waypoint
    ? ({ labels }: RateRow) => labels[istioLabels.reporter] !== 'destination'
    : () => true;
  if (
    count < ENOUGH_REFUSED ||
    received.some(call => isReaching(call, byTheWay) && !refused.includes(call))
  ) {
    return undefined;
  }
  return waypoint
    ? wording('call.waypointRefuses', {
        waypoint: `${waypoint.namespace}/${waypoint.name}`,
        connections: count,
      })
    : wording('call.refused', { connections: count });
}

/** Whether somebody reached a peer in the hour before, of the calls that latencies tell of. */
export function wasReached(
  received: readonly Call[],
  windowSeconds: number,
): boolean {
  return (usualRateOf(received, windowSeconds) ?? 0) > 0;
}

function refusedPerSecond({ tcp, lately }: Call): number {
  return sumRates(lately) > 0 ? 0 : sumRates(ofMetric(tcp, REFUSED_METRIC));
}

function isReaching(
  { tcp, lately }: Call,
  counts: (row: RateRow) => boolean,
): boolean {
  return (
    sumRates(lately.filter(counts)) > 0 ||
    sumRates(ofMetric(tcp, 'opened').filter(counts)) > 0
  );
}

function ofMetric(rows: readonly RateRow[], metric: string): RateRow[] {
  return rows.filter(({ labels }) => labels[TCP_METRIC_LABEL] === metric);
}
