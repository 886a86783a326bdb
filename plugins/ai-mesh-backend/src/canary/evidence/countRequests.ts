import {
  known,
  unknown,
  wording,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { CountedSlice } from '../gates';
import { askParts } from './askParts';
import {
  countPromql,
  countQueries,
  SETTLE_SECONDS,
  type CountRequest,
} from './countQueries';
import { droppedLabel } from './droppedLabel';
import { PART_LABEL } from './gateQueries';
import type { EvidenceRequest } from './gatherEvidence';
import { countByPicker } from './countByPicker';
import { pickersOf } from './pickerQueries';
import { placeOf } from './MeshPlace';
import { readCounts } from './readCounts';
import { versionSeries } from './VersionSeries';

/**
 * Counts both versions' requests one by one since a moment. Never rejects: what could not be counted says why.
 *
 * Counts come from differences of the counters themselves: Prometheus' `increase` extrapolates to the edges of its
 * window and gives fractions, and its windows overlap, so that a request would be evidence twice.
 */
export async function countRequests(
  request: EvidenceRequest,
  since: Pick<
    CountRequest,
    'from' | 'stepFrom' | 'slowAboveMs' | 'slowIsNative' | 'byPicker'
  >,
): Promise<Measured<CountedSlice>> {
  const { snapshot } = request;
  const pickers = since.byPicker ? pickersOf(request) : undefined;
  if (pickers) {
    return countByPicker(request, pickers, since);
  }
  const versions = {
    canary: versionSeries(snapshot, request.canary),
    stable: versionSeries(snapshot, request.stable),
  };
  const counting = {
    ...since,
    ...placeOf(request),
    settleSeconds: request.settleSeconds ?? SETTLE_SECONDS,
    ownServices: request.canary.subset === undefined,
  };
  const parts = countQueries(versions, counting);
  if (parts.length === 0) {
    const [why] = [versions.canary.requests, versions.stable.requests].flatMap(
      each => (each.status === 'unknown' ? [each] : []),
    );
    return (
      why ?? unknown('not-configured', [wording('figure.canaryNoService')])
    );
  }
  const answer = await askParts(request, parts);
  if (answer.status === 'unknown') {
    return answer;
  }
  const isSilent = !answer.value.some(
    ({ labels }) => labels[PART_LABEL] === 'counted',
  );
  // A canary that began before anybody had counted: whoever counts by now is asked. What is slow is each one's own.
  const instead =
    isSilent && since.slowAboveMs === undefined
      ? pickersOf(request)
      : undefined;
  if (instead) {
    return countByPicker(request, instead, since);
  }
  const dropped = isSilent ? await droppedLabel(request) : undefined;
  if (dropped) {
    return dropped;
  }
  const counts = readCounts(answer.value, counting);
  return counts.status === 'known'
    ? known({ ...counts.value, promql: countPromql(versions, counting) })
    : counts;
}
