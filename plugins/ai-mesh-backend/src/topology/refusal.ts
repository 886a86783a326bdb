import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { waypointOf } from '../routes/waypointOf';
import {
  chanceOfSoFew,
  istioLabels,
  LATELY_SECONDS,
  readLately,
  REFUSED_METRIC,
  sumRates,
  TCP_METRIC_LABEL,
  THROUGH_METRIC,
  type RateRow,
} from '../telemetry';
import { usualRateOf } from './buildEdge';
import type { Call } from './callsOf';
import type { Peer } from './Peer';

/** Fewer may be connections that somebody gave up. */
const ENOUGH_REFUSED = 5;
/** Requests that are fewer by chance, which happens more often than this, have not ceased. */
const CHANCE = 0.01;

/**
 * Why nobody reaches a peer, as far as connections tell: those to it fail, and for half a minute nothing has gone over any,
 * whoever calls. Requests of before that the last minute still holds have to be fewer than they were. Undefined where that is
 * not so, or is not counted.
 *
 * @param received - its calls, of all callers that are known
 * @param snapshot - of its cluster, where that tells of the same time
 */
export function refusal(
  { namespace, name }: Peer,
  received: readonly Call[],
  snapshot: MeshSnapshot | undefined,
  windowSeconds: number,
): Words | undefined {
  const count = Math.round(
    received.reduce((sum, call) => sum + rateOf(call, REFUSED_METRIC), 0) *
      LATELY_SECONDS,
  );
  if (count < ENOUGH_REFUSED || !received.some(areBytesCounted)) {
    return undefined;
  }
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
    received.some(
      call =>
        rateOf(call, THROUGH_METRIC, byTheWay) > 0 ||
        asksAsEver(call, byTheWay, windowSeconds),
    )
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

function rateOf(
  { tcp }: Call,
  metric: string,
  counts: (row: RateRow) => boolean = () => true,
): number {
  return sumRates(
    tcp.filter(row => row.labels[TCP_METRIC_LABEL] === metric && counts(row)),
  );
}

/** Where no bytes are counted, nobody knows that none went through. */
function areBytesCounted({ tcp }: Call): boolean {
  return tcp.some(({ labels }) =>
    ['sent', 'received'].includes(labels[TCP_METRIC_LABEL]),
  );
}

/** Whether requests were answered in the last minute, and not so few that they must have ceased in it. */
function asksAsEver(
  { lately, counted }: Call,
  counts: (row: RateRow) => boolean,
  windowSeconds: number,
): boolean {
  const late = lately.filter(counts);
  if (sumRates(late) === 0) {
    return false;
  }
  const spans = readLately(late, counted.filter(counts), windowSeconds);
  return !(
    spans && chanceOfSoFew(spans, LATELY_SECONDS / windowSeconds) < CHANCE
  );
}
