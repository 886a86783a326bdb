import {
  known,
  type Fact,
  type FleetRow,
  type FleetSort,
  type Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { FleetRowNow } from './FleetRowNow';

const HEALTH = ['healthy', 'degraded', 'slow', 'failing'] as const;

/** One high finding weighs more than all of medium ones. */
const MANY_FINDINGS = 1_000_000;

type Value = number | string | undefined;

/** The canary of a row that is to be looked at first. */
export type CanaryOfRow = (row: FleetRowNow) => FleetRow['canary'];

/** What is known beside the rows. */
interface Beside {
  /** Of scorecards, lowest first. */
  levels: readonly string[];
  canaryOf: CanaryOfRow;
}

/** By what a row is sorted; undefined: not known, which stands last either way. */
const values: Record<FleetSort, (row: FleetRowNow, beside: Beside) => Value> = {
  name: row => (row.title ?? nameOf(row.entityRef)).toLocaleLowerCase('en-US'),
  owner: row => row.owners[0],
  system: row => row.systems[0],
  health: ({ health: { status } }) =>
    status === 'unknown' ? undefined : HEALTH.indexOf(status),
  rate: row => valueOf(row.traffic.requestsPerSecond),
  errors: row => valueOf(row.traffic.errorRatio),
  p95: row =>
    row.traffic.p95.status === 'known'
      ? row.traffic.p95.value.valueMs
      : undefined,
  // What is least encrypted is worst.
  mtls: row =>
    row.encryption.status === 'known'
      ? 1 - row.encryption.value.share
      : undefined,
  canary: (row, { canaryOf }) => {
    const canary = canaryOf(row);
    return canary.status === 'known' && canary.value
      ? Number(canary.value.next.action.startsWith('wait-for'))
      : undefined;
  },
  // What has least left is worst.
  budget: ({ facts }) => negated(amountOf(facts.budgetLeft)),
  burn: ({ facts }) => amountOf(facts.burnRate),
  findings: ({ facts }) => {
    const high = amountOf(facts.findingsHigh);
    return high === undefined
      ? undefined
      : high * MANY_FINDINGS + (amountOf(facts.findingsMedium) ?? 0);
  },
  // What stands lowest is worst.
  level: ({ level }, { levels }) =>
    level.status === 'known' && level.value.status === 'known'
      ? negated(
          level.value.level === null ? -1 : levels.indexOf(level.value.level),
        )
      : undefined,
  cost: ({ facts }) => amountOf(facts.costPerDay),
  models: ({ facts }) => amountOf(facts.models),
};

/** The way round that is read first. */
const ASCENDING: ReadonlySet<FleetSort> = new Set(['name', 'owner', 'system']);

/** Sorted rows; of equals the busiest first, then by name. */
export function sortFleet(
  rows: readonly FleetRowNow[],
  by: FleetSort,
  {
    order = ASCENDING.has(by) ? 'asc' : 'desc',
    levels = [],
    canaryOf = () => known(null),
  }: Partial<Beside> & { order?: 'asc' | 'desc' } = {},
): FleetRowNow[] {
  const beside = { levels, canaryOf };
  const sign = order === 'asc' ? 1 : -1;
  return rows
    .map(row => ({
      row,
      value: values[by](row, beside),
      rate: valueOf(row.traffic.requestsPerSecond) ?? -1,
    }))
    .sort(
      (a, b) =>
        compare(a.value, b.value, sign) ||
        b.rate - a.rate ||
        compareText(a.row.entityRef, b.row.entityRef),
    )
    .map(({ row }) => row);
}

function compare(a: Value, b: Value, sign: number): number {
  if (a === undefined || b === undefined) {
    return Number(a === undefined) - Number(b === undefined);
  }
  return (
    sign *
    (typeof a === 'number' && typeof b === 'number'
      ? a - b
      : compareText(String(a), String(b)))
  );
}

/** Without a language: five thousand names are compared. */
function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function amountOf(fact: Fact): number | undefined {
  return fact.status === 'known' && typeof fact.value === 'number'
    ? fact.value
    : undefined;
}

function negated(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}

function valueOf(measured: Measured<number>): number | undefined {
  return measured.status === 'known' ? measured.value : undefined;
}

function nameOf(entityRef: string): string {
  return entityRef.slice(entityRef.lastIndexOf('/') + 1);
}
