import type {
  Fact,
  FleetBudget,
  FleetCertificate,
  FleetHurting,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { FleetRowNow } from './FleetRowNow';

/** As many are named; the table has all of them. */
const MOST_NAMED = 20;
/** A workload's certificate lives 24 h, and is renewed long before this. */
const SOON_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Error budgets that are overspent, or that burn faster than they may. */
export function budgetsEnding(
  rows: readonly FleetRowNow[],
): FleetHurting['budgets'] {
  const worst = ({ left = 1, burnRate = 0 }: FleetBudget) =>
    left <= 0 ? [0, left] : [1, -burnRate];
  const ends = endings(
    rows,
    ({ facts: { budgetLeft, burnRate }, ...row }) => {
      const left = numberOf(budgetLeft);
      const burns = numberOf(burnRate);
      const young = budgetLeft.status === 'unknown' && budgetLeft.young;
      const isEnding =
        (left !== undefined && left <= 0) || (burns !== undefined && burns > 1);
      return isEnding
        ? {
            ...named(row),
            ...(left !== undefined && { left }),
            ...(young && { young }),
            ...(burns !== undefined && { burnRate: burns }),
          }
        : isMissing(budgetLeft) || isMissing(burnRate);
    },
    (a, b) => compare(worst(a), worst(b)),
  );
  return { ...ends, young: rows.filter(isYoung).length };
}

/** Certificates that end within the hour, and such as should have been renewed by now. */
export function certificatesEnding(
  rows: readonly FleetRowNow[],
  now: Date,
): FleetHurting['certificates'] {
  return endings(
    rows,
    ({ facts, ...row }) => {
      const { observedAt, certificateDaysLeft, certificateRenewal } = facts;
      const days = numberOf(certificateDaysLeft);
      const endsAt =
        days === undefined || observedAt === undefined
          ? undefined
          : new Date(Date.parse(observedAt) + days * DAY_MS);
      const renewalFails =
        certificateRenewal.status === 'known' &&
        certificateRenewal.value === false;
      const ends =
        endsAt !== undefined && endsAt.getTime() - now.getTime() < SOON_MS;
      return ends || renewalFails
        ? {
            ...named(row),
            ...(endsAt && { endsAt: endsAt.toISOString() }),
            renewalFails,
          }
        : isMissing(certificateDaysLeft);
    },
    (a, b) => endOf(a) - endOf(b),
  );
}

/** How old what is stored of these is. */
export function factsAge(rows: readonly FleetRowNow[]): FleetHurting['facts'] {
  const times = rows
    .flatMap(({ facts: { observedAt } }) => observedAt ?? [])
    .sort();
  return {
    ...(times.length > 0 && { oldest: times[0], newest: times.at(-1) }),
    none: rows.length - times.length,
  };
}

/** @param ending - what ends, or else whether it is unknown */
function endings<T extends FleetBudget | FleetCertificate>(
  rows: readonly FleetRowNow[],
  ending: (row: FleetRowNow) => T | boolean,
  order: (a: T, b: T) => number,
): { ending: T[]; total: number; notKnown: number } {
  const all = rows.map(ending);
  const found = all.filter(one => typeof one !== 'boolean');
  return {
    ending: found.sort(order).slice(0, MOST_NAMED),
    total: found.length,
    notKnown: all.filter(one => one === true).length,
  };
}

function named({ entityRef, title }: Pick<FleetRowNow, 'entityRef' | 'title'>) {
  return { entityRef, ...(title !== undefined && { title }) };
}

/** What ends at an unknown time stands last. */
function endOf({ endsAt }: FleetCertificate): number {
  return endsAt === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(endsAt);
}

function numberOf(fact: Fact): number | undefined {
  return fact.status === 'known' ? Number(fact.value) : undefined;
}

/** Nothing can be said of the budget since its period has only begun, and it does not burn faster than it may. */
function isYoung({ facts: { budgetLeft, burnRate } }: FleetRowNow): boolean {
  return (
    budgetLeft.status === 'unknown' &&
    budgetLeft.reason === 'young' &&
    !((numberOf(burnRate) ?? 0) > 1)
  );
}

/** What there is none of is not missing. */
function isMissing(fact: Fact): boolean {
  return fact.status === 'unknown' && fact.reason !== 'not-applicable';
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a[0] - b[0] || a[1] - b[1];
}
