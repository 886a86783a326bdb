import type {
  FleetRow,
  FleetSort,
  Measured,
} from '@ai-mesh/plugin-ai-mesh-common';

const HEALTH = ['healthy', 'degraded', 'slow', 'failing'] as const;

type Value = number | string | undefined;

/** By what a row is sorted; undefined: not known, which stands last either way. */
const values: Record<FleetSort, (row: FleetRow) => Value> = {
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
  canary: row =>
    row.canary.status === 'known' && row.canary.value
      ? Number(row.canary.value.next.action.startsWith('wait-for'))
      : undefined,
};

/** The way round that is read first. */
const ASCENDING: ReadonlySet<FleetSort> = new Set(['name', 'owner', 'system']);

/** Sorted rows; of equals the busiest first, then by name. */
export function sortFleet(
  rows: readonly FleetRow[],
  by: FleetSort,
  order: 'asc' | 'desc' = ASCENDING.has(by) ? 'asc' : 'desc',
): FleetRow[] {
  const sign = order === 'asc' ? 1 : -1;
  return rows
    .map(row => ({
      row,
      value: values[by](row),
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

function valueOf(measured: Measured<number>): number | undefined {
  return measured.status === 'known' ? measured.value : undefined;
}

function nameOf(entityRef: string): string {
  return entityRef.slice(entityRef.lastIndexOf('/') + 1);
}
