import {
  canaryPercent,
  known,
  wording,
  type CanaryCheck,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import {
  countBefore,
  countRequests,
  endpointEvidence,
  findFirstToken,
  gatherEvidence,
  MEMORY_SECONDS,
  partsWithoutSeries,
  type EvidenceRequest,
  type PartName,
} from '../evidence';
import {
  beginCounting,
  judge,
  judgeYoung,
  lostShare,
  mostLostShare,
  planOfOne,
  takeIn,
  withGrowth,
  type Baseline,
  type CountedEvidence,
  type Evidence,
  type QualityEvidence,
} from '../gates';
import {
  moveAfter,
  sinceLastLook,
  weightOf,
  type CanaryRecord,
} from '../machine';
import {
  evidenceRequestOf,
  shortestWindowSeconds,
  USUAL_SCRAPE_SECONDS,
  type CanaryCluster,
} from './CanaryCluster';
import { takeQuality, type GateCatalog } from './takeQuality';

/** A look's evidence, judged. */
export interface EvidenceTaken {
  check: CanaryCheck;
  baseline?: Baseline;
  counted?: CountedEvidence;
  quality?: QualityEvidence;
}

/** What was lost is among the counts, and costs as much as all the rest. */
const COUNTED_APART: readonly PartName[] = ['lost'];
/** What no mean is judged by. */
const NOT_OF_MEANS: readonly PartName[] = ['lost', 'p99'];

/** A portal without further gates. */
const NO_GATES: GateCatalog = { gates: [], codeGates: [] };

/**
 * Counts both versions' requests since the last look, measures them since the last weight change, and judges both.
 *
 * Means have two windows: the long one, up to the interval, is what an advance is decided on; the short one notices bad
 * news before the long one is full of it.
 */
export async function takeEvidence(
  record: CanaryRecord,
  cluster: CanaryCluster,
  snapshot: MeshSnapshot,
  at: Date,
  signal: AbortSignal,
  catalog: GateCatalog = NO_GATES,
): Promise<EvidenceTaken> {
  const { plan, progress } = record;
  const shortest = shortestWindowSeconds(cluster);
  const sinceChange = (progress.observedMs + sinceLastLook(record, at)) / 1000;
  // An interval of fewer scrapes than can be judged must not keep it from ever being judged.
  const long = Math.floor(
    Math.min(Math.max(plan.intervalSeconds, shortest), sinceChange),
  );
  const request = evidenceRequestOf(record, { cluster, snapshot }, signal);
  const { scrapeIntervalSeconds: scrapeSeconds = USUAL_SCRAPE_SECONDS } =
    cluster;
  const counted = await takeCounts(record, request, {
    shortest,
    scrapeSeconds,
    at,
  });
  const stableHasTraffic = stablePercent(record) > 0;
  const quality = await takeQuality(record, request, catalog, {
    countedUntil: counted,
    windowSeconds: long < shortest ? undefined : long,
    scrapeSeconds,
    stableHasTraffic,
    at,
  });
  const context = {
    plan: planOfOne(record),
    counted,
    passesHalf: passesHalf(record) || hasMost(plan, counted),
    canaryPercent: progress.written && canaryPercent(progress.written),
    baseline: progress.baseline,
    stableHasTraffic,
    ...(quality && { quality }),
  };
  const learnt = {
    ...(counted.status === 'known' && { counted: counted.value }),
    ...(quality?.evidence.status === 'known' && {
      quality: quality.evidence.value,
    }),
  };
  const grown = (check: CanaryCheck) =>
    withGrowth(check, progress.check, sinceChange * 1000, context.passesHalf);
  if (long < shortest) {
    return {
      ...learnt,
      check: grown(
        judgeYoung(
          { ...context, evidence: endpointEvidence(request, shortest) },
          progress.breaches,
          at,
          wording('verdict.young', {
            seconds: Math.round(sinceChange),
            least: shortest,
          }),
        ),
      ),
    };
  }
  const measured = { ...request, reporters: reportersOf(counted, long) };
  // A source that does not answer need not be asked twice.
  const evidence = isAway(counted)
    ? endpointEvidence(request, long)
    : await gatherEvidence(measured, long, COUNTED_APART);
  const without = partsWithoutSeries(evidence);
  const recent =
    long > shortest && !isAway(evidence.canary.requests) && without.length < 2
      ? await gatherEvidence(measured, shortest, [...without, ...NOT_OF_MEANS])
      : undefined;
  const check = judge({ ...context, evidence }, recent, progress.breaches, at);
  return {
    ...learnt,
    check: grown(check),
    baseline: nextBaseline(record, evidence, at),
  };
}

function isAway(value: Measured<unknown>): boolean {
  return value.status === 'unknown' && value.reason === 'source-unreachable';
}

/** Whose reports count for any call of a window; undefined where it is longer than was looked at, or nobody called. */
function reportersOf(
  counted: Measured<CountedEvidence>,
  windowSeconds: number,
): EvidenceRequest['reporters'] {
  const reporters =
    counted.status === 'known' ? (counted.value.reporters ?? []) : [];
  return reporters.length > 0 && windowSeconds <= MEMORY_SECONDS
    ? reporters
    : undefined;
}

/** All that was counted up to now; where nothing was counted before, counting begins. */
async function takeCounts(
  { progress, plan }: CanaryRecord,
  request: EvidenceRequest,
  {
    shortest,
    scrapeSeconds,
    at,
  }: { shortest: number; scrapeSeconds: number; at: Date },
): Promise<Measured<CountedEvidence>> {
  const { counted, baseline } = progress;
  if (!counted) {
    const before = await countBefore(request, shortest);
    return before.status === 'known'
      ? known(beginCounting(before.value))
      : before;
  }
  const slice = await countRequests(request, {
    from: counted.until,
    stepFrom: counted.stepFrom,
    slowAboveMs: counted.slowAboveMs,
    slowIsNative: counted.slowIsNative,
    byPicker: counted.byPicker,
  });
  if (slice.status === 'unknown') {
    return slice;
  }
  // Nothing can have been counted since: Prometheus' clock went back, or the weights are younger than its scrapes.
  if (slice.value.to <= counted.until) {
    return known(counted);
  }
  return known(
    takeIn(counted, slice.value, {
      plan,
      usualLostShare: baseline && mostLostShare(baseline),
      scrapeSeconds,
      at,
    }),
  );
}

/** Whether the next advance gives the canary more than half, which has to be earned. */
function passesHalf(record: CanaryRecord): boolean {
  const { written } = record.progress;
  const next = weightOf(record, moveAfter(record));
  if (!written || next === undefined) {
    return false;
  }
  const present = canaryPercent(written);
  const half = (present + stablePercent(record)) / 2;
  return next > half;
}

/** With an affinity the canary's share grows beyond its weight, and the margin is asked for once that is most. */
function hasMost(
  { affinity }: CanaryRecord['plan'],
  counted: Measured<CountedEvidence>,
): boolean {
  if (!affinity || counted.status === 'unknown') {
    return false;
  }
  const { canary, stable } = counted.value.shares.errorRate.step;
  return canary.requests > stable.requests;
}

/** What the stable version is like before the canary gets any traffic. */
export async function takeBaseline(
  record: CanaryRecord,
  cluster: CanaryCluster,
  snapshot: MeshSnapshot,
  at: Date,
  signal: AbortSignal,
): Promise<{ baseline: Baseline; counted: CountedEvidence | undefined }> {
  const request = evidenceRequestOf(record, { cluster, snapshot }, signal);
  const shortest = shortestWindowSeconds(cluster);
  const evidence = await gatherEvidence(
    request,
    Math.max(record.plan.intervalSeconds, shortest),
  );
  const before = await countBefore(request, shortest);
  const firstToken = await findFirstToken(request);
  return {
    baseline: {
      at: at.toISOString(),
      stable: evidence.stable,
      lostShare: lostShare(evidence),
    },
    counted:
      before.status === 'known'
        ? { ...beginCounting(before.value), ...(firstToken && { firstToken }) }
        : undefined,
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
