import type { CanaryCheck } from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import {
  endpointEvidence,
  gatherEvidence,
  partsWithoutSeries,
  type EvidenceRequest,
} from '../evidence';
import {
  judge,
  judgeEndpoints,
  lostShare,
  type Baseline,
  type Evidence,
} from '../gates';
import { sinceLastLook, type CanaryRecord } from '../machine';
import { shortestWindowSeconds, type CanaryCluster } from './CanaryCluster';

/** A look's evidence, judged. */
export interface EvidenceTaken {
  check: CanaryCheck;
  baseline?: Baseline;
}

function requestOf(
  { canary, stable }: CanaryRecord,
  { name, istioCluster, prometheus }: CanaryCluster,
  snapshot: MeshSnapshot,
  signal: AbortSignal,
): EvidenceRequest {
  return {
    cluster: name,
    istioCluster,
    snapshot,
    prometheus,
    canary,
    stable,
    signal,
  };
}

/**
 * Measures both versions since the last weight change and judges them.
 *
 * Two windows: the long one, up to the interval, is what an advance is decided on; the short one notices bad news before
 * the long one is full of it.
 */
export async function takeEvidence(
  record: CanaryRecord,
  cluster: CanaryCluster,
  snapshot: MeshSnapshot,
  at: Date,
  signal: AbortSignal,
): Promise<EvidenceTaken> {
  const { plan, progress } = record;
  const shortest = shortestWindowSeconds(cluster);
  const sinceChange = (progress.observedMs + sinceLastLook(record, at)) / 1000;
  // An interval of fewer scrapes than can be judged must not keep it from ever being judged.
  const long = Math.floor(
    Math.min(Math.max(plan.intervalSeconds, shortest), sinceChange),
  );
  const request = requestOf(record, cluster, snapshot, signal);
  const stableHasTraffic = stablePercent(record) > 0;
  if (long < shortest) {
    return {
      check: judgeEndpoints(
        {
          evidence: endpointEvidence(request, shortest),
          plan,
          stableHasTraffic,
        },
        progress.breaches,
        at,
        `The weights changed ${Math.round(sinceChange)} s ago; four scrapes take ${shortest} s.`,
      ),
    };
  }
  const evidence = await gatherEvidence(request, long);
  // A source that does not answer need not be asked twice.
  const recent =
    long > shortest && !isUnreachable(evidence)
      ? await gatherEvidence(request, shortest, partsWithoutSeries(evidence))
      : undefined;
  const check = judge(
    {
      evidence,
      plan,
      baseline: progress.baseline,
      stableHasTraffic,
    },
    recent,
    progress.breaches,
    at,
  );
  return { check, baseline: nextBaseline(record, evidence, at) };
}

function isUnreachable({ canary: { requests } }: Evidence): boolean {
  return (
    requests.status === 'unknown' && requests.reason === 'source-unreachable'
  );
}

/** What the stable version is like before the canary gets any traffic. */
export async function takeBaseline(
  record: CanaryRecord,
  cluster: CanaryCluster,
  snapshot: MeshSnapshot,
  at: Date,
  signal: AbortSignal,
): Promise<Baseline> {
  const evidence = await gatherEvidence(
    requestOf(record, cluster, snapshot, signal),
    Math.max(record.plan.intervalSeconds, shortestWindowSeconds(cluster)),
  );
  return {
    at: at.toISOString(),
    stable: evidence.stable,
    lostShare: lostShare(evidence),
  };
}

/** While the stable version has enough requests, its present values are the ones to remember. */
function nextBaseline(
  record: CanaryRecord,
  { stable }: Evidence,
  at: Date,
): Baseline | undefined {
  const { plan, progress } = record;
  return progress.baseline &&
    stablePercent(record) > 0 &&
    stable.requests.status === 'known' &&
    stable.requests.value >= plan.minRequests
    ? { ...progress.baseline, at: at.toISOString(), stable }
    : undefined;
}

function stablePercent({ progress }: CanaryRecord): number {
  const stable = progress.written?.destinations.find(
    ({ role }) => role === 'stable',
  );
  return stable?.percent ?? 0;
}
