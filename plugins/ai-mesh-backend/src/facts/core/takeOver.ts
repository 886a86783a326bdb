import {
  FACTS_VERSION,
  wording,
  type Fact,
  type FactPoint,
} from '@ai-mesh/plugin-ai-mesh-common';
import { valueOf, valuesOf, type StoredFacts } from '../store/StoredFacts';
import { noFact, type ComputedFact } from './ComputedFact';

/** What computing anew makes of what was stored. */
export interface TakenOver {
  stored: StoredFacts;
  /** What goes into the history: only what is otherwise than before. Oldest first. */
  changes: FactPoint[];
  /** What was known last of each fact today; null: nothing was. */
  day: FactPoint['values'];
  /** Whether anything but the time is new. */
  changed: boolean;
}

/**
 * Puts what was computed over what is stored: a value that stays keeps its `since`, one that gets lost is remembered
 * with its time. Where nothing was computed for too long, the history gets a gap.
 */
export function takeOver(
  entityRef: string,
  before: StoredFacts | undefined,
  computed: Readonly<Record<string, ComputedFact>>,
  at: string,
  outdatedAfterMs: number,
): TakenOver {
  const facts = Object.fromEntries(
    Object.entries(computed).map(([name, fact]) => [
      name,
      next(before?.facts[name], fact, before?.observedAt, at),
    ]),
  );
  const gap = before && gapAfter(before, at, outdatedAfterMs);
  const known = before && valuesOf(before.facts);
  const shown = gap ? { ...known, ...gap.values } : known;
  const values = Object.fromEntries(
    Object.entries(valuesOf(facts)).filter(
      ([name, value]) => !shown || value !== shown[name],
    ),
  );
  return {
    stored: {
      entityRef,
      version: FACTS_VERSION,
      observedAt: at,
      facts,
    },
    changes: [
      ...(gap ? [gap] : []),
      ...(Object.keys(values).length > 0 ? [{ at, values }] : []),
    ],
    day: Object.fromEntries(
      Object.entries(facts).map(([name, fact]) => [name, ofDay(fact, at)]),
    ),
    changed: JSON.stringify(before?.facts) !== JSON.stringify(facts),
  };
}

function next(
  before: Fact | undefined,
  computed: ComputedFact,
  observedAt: string | undefined,
  at: string,
): Fact {
  if (computed.status === 'known') {
    const same =
      before?.status === 'known' &&
      before.value === computed.value &&
      before.currency === computed.currency;
    return { ...computed, since: same ? before.since : at };
  }
  const { reason, message, words, young } = computed;
  const last =
    before?.status === 'known'
      ? {
          value: before.value,
          ...(before.currency && { currency: before.currency }),
          at: observedAt ?? at,
        }
      : before?.last;
  return {
    status: 'unknown',
    reason,
    ...(message !== undefined && { message }),
    ...(words && { words }),
    ...(young && { young }),
    since: (before?.status === 'unknown' && before.since) || at,
    ...(last && { last }),
  };
}

/** From when on nothing is known, where the next time came too late. */
function gapAfter(
  { observedAt, facts }: StoredFacts,
  at: string,
  outdatedAfterMs: number,
): FactPoint | undefined {
  const from = Date.parse(observedAt) + outdatedAfterMs;
  return from < Date.parse(at)
    ? {
        at: new Date(from).toISOString(),
        values: Object.fromEntries(
          Object.entries(facts)
            .filter(([, fact]) => valueOf(fact) !== null)
            .map(([name]) => [name, null]),
        ),
      }
    : undefined;
}

function ofDay(fact: Fact, at: string) {
  if (
    fact.status === 'unknown' &&
    fact.last?.at.slice(0, 10) === at.slice(0, 10)
  ) {
    return fact.last.value;
  }
  return valueOf(fact);
}

/**
 * Facts as they are to be told at a time: those that were not computed for too long are not known any more. A clock
 * that was set back makes no fact older.
 */
export function asOf(
  stored: StoredFacts,
  now: Date,
  outdatedAfterMs: number,
): StoredFacts {
  const { observedAt, facts } = stored;
  if (now.getTime() - Date.parse(observedAt) <= outdatedAfterMs) {
    return stored;
  }
  const outdated = noFact(
    'outdated',
    wording('facts.computedLast', { at: observedAt }),
  );
  return {
    ...stored,
    facts: Object.fromEntries(
      Object.entries(facts).map(([name, fact]) => [
        name,
        fact.status === 'known'
          ? next(
              fact,
              outdated,
              observedAt,
              new Date(Date.parse(observedAt) + outdatedAfterMs).toISOString(),
            )
          : fact,
      ]),
    ),
  };
}
