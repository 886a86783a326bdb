import { wording, type FactName } from '@ai-mesh/plugin-ai-mesh-common';
import { fact, noFact, type ComputedFact } from './ComputedFact';
import type { FactAnswers } from './FactAnswers';

const NINETY_DAYS_MS = 90 * 86_400_000;

/** Canaries that ended before count for none of the facts of a moment. */
export function canariesSince(now: Date): Date {
  return new Date(now.getTime() - NINETY_DAYS_MS);
}

export function canaryFacts(
  { canaries, canariesKeptMs = NINETY_DAYS_MS }: FactAnswers,
  now: Date,
) {
  if (canaries.status === 'unknown') {
    return {
      canaryLast90d: canaries,
      canaryRollbackRate90d: canaries,
      canaryGatesQuality: canaries,
    };
  }
  const since = canariesSince(now).getTime();
  const recent = canaries.value.filter(
    ({ moved, endedAt }) =>
      moved && (endedAt === undefined || Date.parse(endedAt) >= since),
  );
  const ended = recent.filter(
    ({ state }) => state === 'promoted' || state === 'rolledBack',
  );
  const latest = recent.reduce<(typeof recent)[number] | undefined>(
    (found, one) =>
      found && found.requestedAt >= one.requestedAt ? found : one,
    undefined,
  );
  const forgotten =
    canariesKeptMs < NINETY_DAYS_MS &&
    noFact(
      'not-configured',
      wording('facts.canariesForgotten', { kept: canariesKeptMs / 1000 }),
    );
  const none = forgotten || noFact('not-applicable', wording('facts.noCanary'));
  return {
    canaryLast90d: forgotten || fact(recent.length),
    canaryRollbackRate90d:
      !forgotten && ended.length > 0
        ? fact(
            ended.filter(({ state }) => state === 'rolledBack').length /
              ended.length,
          )
        : none,
    canaryGatesQuality: latest ? fact(latest.hasQualityGate) : none,
  } satisfies Partial<Record<FactName, ComputedFact>>;
}
