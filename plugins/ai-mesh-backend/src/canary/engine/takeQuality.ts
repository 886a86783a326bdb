import { known, type Measured } from '@ai-mesh/plugin-ai-mesh-common';
import {
  firstTokenGate,
  gatherQuality,
  type EvidenceRequest,
} from '../evidence';
import {
  beginQuality,
  takeInQuality,
  type CountedEvidence,
  type QualityContext,
  type QualityEvidence,
  type QualityGate,
} from '../gates';
import type { CanaryRecord } from '../machine';
import type { CodeGate } from './CodeGate';
import { judgeInCode } from './judgeInCode';

/** The gates that a plan may name. */
export interface GateCatalog {
  gates: readonly QualityGate[];
  codeGates: readonly CodeGate[];
}

/** Counts and measures what the plan's further gates ask for; undefined where it has none. Never rejects. */
export async function takeQuality(
  record: CanaryRecord,
  request: EvidenceRequest,
  catalog: GateCatalog,
  {
    countedUntil,
    windowSeconds,
    ...more
  }: {
    /** The requests' counts, whose clock tells where counting begins. */
    countedUntil: Measured<CountedEvidence>;
    windowSeconds: number | undefined;
    scrapeSeconds: number;
    stableHasTraffic: boolean;
    at: Date;
  },
): Promise<QualityContext | undefined> {
  const { plan, progress } = record;
  const names = plan.qualityGates ?? [];
  const firstToken = firstTokenGate(progress.counted?.firstToken, plan);
  if (names.length === 0 && !firstToken) {
    return undefined;
  }
  const gates = [
    ...catalog.gates.filter(({ name }) => names.includes(name)),
    ...(firstToken ? [firstToken] : []),
  ];
  const codeGates = catalog.codeGates.filter(({ name }) =>
    names.includes(name),
  );
  const found = [...gates, ...codeGates].map(({ name }) => name);
  const before = evidenceBefore(progress, countedUntil);
  const [measures, judged] = await Promise.all([
    before.status === 'known'
      ? gatherQuality(request, gates, before.value.until, windowSeconds)
      : { shares: {}, numbers: {}, promql: {} },
    windowSeconds === undefined
      ? []
      : judgeInCode(record, codeGates, {
          windowSeconds,
          at: more.at,
          signal: request.signal,
        }),
  ]);
  return {
    gates,
    missing: names.filter(name => !found.includes(name)),
    measures,
    judged,
    evidence:
      before.status === 'known'
        ? known(takeInQuality(before.value, measures, gates, more))
        : before,
  };
}

function evidenceBefore(
  { quality, counted }: CanaryRecord['progress'],
  now: Measured<CountedEvidence>,
): Measured<QualityEvidence> {
  if (quality) {
    return known(quality);
  }
  if (counted) {
    return known(beginQuality(counted.until));
  }
  return now.status === 'known' ? known(beginQuality(now.value.until)) : now;
}
