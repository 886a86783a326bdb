import {
  comparisonsOf,
  factDefinitions,
  inEnglish,
  type CheckCounts,
  type CheckOutcome,
  type CheckResult,
  type EntityFacts,
  type Fact,
  type Scorecard,
  type ScorecardLevel,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Entity } from '@backstage/catalog-model';
import type { FactValues } from '../store/StoredFacts';
import { appliesTo } from './appliesTo';
import {
  conditionsOf,
  outcomeOf,
  type Check,
  type FactLookup,
  type Level,
  type ScorecardRules,
} from './CheckRule';
import { readExemptions, type Exemption } from './exemptions';

const TREND_DAYS_MS = 90 * 86_400_000;

/** What an entity's facts were, oldest first. */
export interface FactHistory {
  /** Every state that is kept of the last days, in full. */
  states: readonly { at: string; values: FactValues }[];
  /** The last of every day. */
  days: readonly { day: string; values: FactValues }[];
}

/** An entity's scorecard, from its facts as they are and as they were. Pure. */
export function scorecard(
  rules: ScorecardRules,
  entity: Entity,
  facts: EntityFacts,
  history: FactHistory,
  now: Date,
): Scorecard {
  const { checks, exemptions, problems } = concerning(rules, entity);
  const today = now.toISOString().slice(0, 10);
  const present = lookupIn(facts.facts);
  const results = checks.map(check =>
    resultOf(check, facts, history, exemptions, today),
  );
  const outcomes = (factOf: FactLookup, day: string) =>
    checks.map(check => ({
      check,
      outcome: judged(check, factOf, exemptions, day),
    }));
  const standingNow = outcomes(present, today);
  const from = new Date(now.getTime() - TREND_DAYS_MS)
    .toISOString()
    .slice(0, 10);
  return {
    entityRef: facts.entityRef,
    ...(facts.observedAt && { observedAt: facts.observedAt }),
    level: levelOf(rules.levels, standingNow),
    levels: rules.levels.map(({ id, title }) => ({
      id,
      title,
      counts: countOf(standingNow.filter(({ check }) => check.level === id)),
    })),
    counts: countOf(standingNow),
    checks: results,
    ...nextOf(rules.levels, standingNow),
    trend: history.days
      .filter(({ day }) => day >= from && day <= today)
      .map(({ day, values }) => {
        const then = outcomes(name => values[name] ?? null, day);
        return {
          day,
          level: levelOf(rules.levels, then),
          counts: countOf(then),
        };
      }),
    problems: problems.map(problem => inEnglish([problem])),
    ...(problems.length > 0 && { problemWords: problems }),
  };
}

/** The level and the counts alone, for lists. */
export function standing(
  rules: ScorecardRules,
  entity: Entity,
  { facts }: Pick<EntityFacts, 'facts'>,
  now: Date,
): { level: ScorecardLevel; counts: CheckCounts } {
  const { checks, exemptions } = concerning(rules, entity);
  const today = now.toISOString().slice(0, 10);
  const outcomes = checks.map(check => ({
    check,
    outcome: judged(check, lookupIn(facts), exemptions, today),
  }));
  return { level: levelOf(rules.levels, outcomes), counts: countOf(outcomes) };
}

interface Judged {
  check: Check;
  outcome: CheckOutcome;
}

function concerning({ levels, checks }: ScorecardRules, entity: Entity) {
  const rank = ({ level }: Check) => levels.findIndex(({ id }) => id === level);
  return {
    checks: checks
      .filter(check => appliesTo(check.appliesTo, entity))
      .sort((a, b) => rank(a) - rank(b)),
    ...readExemptions(
      entity,
      checks.map(({ id }) => id),
    ),
  };
}

function lookupIn(facts: Readonly<Record<string, Fact>>): FactLookup {
  return name => {
    const fact = facts[name];
    return fact?.status === 'known' ? fact.value : null;
  };
}

function exemptionOf(
  { id }: Check,
  exemptions: readonly Exemption[],
): Exemption | undefined {
  // Of several the one that lasts longest.
  return exemptions
    .filter(({ check }) => check === id)
    .sort((a, b) => b.until.localeCompare(a.until))
    .at(0);
}

function judged(
  check: Check,
  factOf: FactLookup,
  exemptions: readonly Exemption[],
  day: string,
): CheckOutcome {
  const exemption = exemptionOf(check, exemptions);
  return exemption && day <= exemption.until
    ? 'exempt'
    : outcomeOf(check.rule, factOf);
}

function resultOf(
  check: Check,
  { facts, observedAt }: EntityFacts,
  history: FactHistory,
  exemptions: readonly Exemption[],
  today: string,
): CheckResult {
  const { id, level, title, description, rule } = check;
  const conditions = conditionsOf(rule, facts);
  const exemption = exemptionOf(check, exemptions);
  const outcome = outcomeOf(rule, lookupIn(facts));
  const since = observedAt && sinceWhen(check, outcome, history, observedAt);
  return {
    id,
    level,
    title,
    ...(description !== undefined && { description }),
    outcome: exemption && today <= exemption.until ? 'exempt' : outcome,
    ...(since && { since }),
    conditions,
    reasons:
      outcome === 'unknown'
        ? conditions.flatMap(({ fact, value }) =>
            value.status === 'unknown'
              ? [
                  {
                    fact,
                    reason: value.reason,
                    message: value.message,
                    ...(value.words && { words: value.words }),
                  },
                ]
              : [],
          )
        : [],
    ...(exemption && {
      exemption: {
        reason: exemption.reason,
        until: exemption.until,
        ended: today > exemption.until,
      },
    }),
    screen: check.screen ?? screenOf(check, conditions),
  };
}

/** Where the first fact that keeps it from passing is mended. */
function screenOf(
  { rule }: Check,
  conditions: CheckResult['conditions'],
): CheckResult['screen'] {
  const [first] = comparisonsOf(rule);
  const wanting = conditions.find(({ outcome }) => outcome !== 'pass');
  const name = (wanting?.fact ?? first.fact) as typeof first.fact;
  return factDefinitions[name].screen;
}

/** Since when a check has come to the same, as far back as is kept. */
function sinceWhen(
  { rule }: Check,
  outcome: ReturnType<typeof outcomeOf>,
  { states, days }: FactHistory,
  observedAt: string,
): string {
  const firstChange = states.at(0)?.at.slice(0, 10) ?? observedAt.slice(0, 10);
  const past = [
    ...days
      .filter(({ day }) => day < firstChange)
      .map(({ day, values }) => ({ at: `${day}T00:00:00.000Z`, values })),
    ...states,
  ];
  let since = observedAt;
  for (const { at, values } of past.reverse()) {
    if (outcomeOf(rule, name => values[name] ?? null) !== outcome) {
      break;
    }
    since = at < since ? at : since;
  }
  return since;
}

function countOf(judgements: readonly Judged[]): CheckCounts {
  const counts = { pass: 0, fail: 0, unknown: 0, exempt: 0 };
  for (const { outcome } of judgements) {
    counts[outcome] += 1;
  }
  return counts;
}

/** The highest level that is reached if what is unknown comes to the given outcome. */
function reached(
  levels: readonly Level[],
  judgements: readonly Judged[],
  unknownPasses: boolean,
): string | null {
  let highest: string | null = null;
  for (const { id } of levels) {
    const missed = judgements.some(
      ({ check, outcome }) =>
        check.level === id &&
        (outcome === 'fail' || (outcome === 'unknown' && !unknownPasses)),
    );
    if (missed) {
      return highest;
    }
    highest = id;
  }
  return highest;
}

function levelOf(
  levels: readonly Level[],
  judgements: readonly Judged[],
): ScorecardLevel {
  if (judgements.length === 0) {
    // Nothing was asked for, so nothing was reached.
    return { status: 'known', level: null };
  }
  const atLeast = reached(levels, judgements, false);
  const atMost = reached(levels, judgements, true);
  return atMost !== null && atLeast !== atMost
    ? { status: 'unknown', atLeast, atMost }
    : { status: 'known', level: atLeast };
}

function nextOf(
  levels: readonly Level[],
  judgements: readonly Judged[],
): Pick<Scorecard, 'next'> {
  const level = levels.find(({ id }) =>
    judgements.some(
      ({ check, outcome }) =>
        check.level === id && (outcome === 'fail' || outcome === 'unknown'),
    ),
  );
  if (!level) {
    return {};
  }
  const ids = (wanted: CheckOutcome) =>
    judgements
      .filter(
        ({ check, outcome }) => check.level === level.id && outcome === wanted,
      )
      .map(({ check }) => check.id);
  return {
    next: { level: level.id, failing: ids('fail'), unknown: ids('unknown') },
  };
}
