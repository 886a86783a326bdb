import {
  known,
  wording,
  type Measured,
  type Traffic,
} from '@ai-mesh/plugin-ai-mesh-common';
import {
  readTraffic,
  unknownTraffic,
  type RateRow,
  type ReceivedRows,
} from '../telemetry';
import type { Call } from './callsOf';

/** What one Service receives. */
export interface ReceivedBy {
  /** By each caller, as far as that is known. */
  calls: readonly Call[];
  /** From all callers together, where something is left out of the calls. */
  rows?: ReceivedRows;
  /** The same where there are no calls at all. */
  alone?: ReceivedRows;
}

/**
 * Golden signals of Services together, of which one at least is known without its callers. Unknown latencies of one of
 * them are unknown of all.
 */
export function receivedTraffic(
  services: readonly ReceivedBy[],
  windowSeconds: number,
): Traffic {
  const requests = services.flatMap(({ calls, alone }) => [
    ...calls.flatMap(({ counted }) => counted),
    ...rowsOf(alone?.requests),
  ]);
  const isSeen = services.some(
    ({ calls, alone }) =>
      calls.some(({ countedTcp }) => countedTcp.length > 0) ||
      rowsOf(alone?.tcp).length > 0,
  );
  if (requests.length === 0 && isSeen) {
    return unknownTraffic('not-exported', [wording('figure.onlyTcp')]);
  }
  const buckets = services.map(
    ({ calls, rows }) =>
      rows?.buckets ?? known(calls.flatMap(call => call.buckets)),
  );
  const missing = buckets.find(({ status }) => status === 'unknown');
  return readTraffic(
    requests,
    missing ?? known(buckets.flatMap(rowsOf)),
    windowSeconds,
  );
}

export function rowsOf(
  rows: Measured<readonly RateRow[]> | undefined,
): readonly RateRow[] {
  return rows?.status === 'known' ? rows.value : [];
}
