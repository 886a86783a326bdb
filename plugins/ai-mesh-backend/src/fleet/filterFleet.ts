import type { FleetFilter } from '@ai-mesh/plugin-ai-mesh-common';
import type { FleetRowNow } from './FleetRowNow';

const HURTS: ReadonlySet<string> = new Set(['failing', 'slow']);

/** What a row has to meet: each filter that is given, and of its values any. */
export function filterFleet(
  rows: readonly FleetRowNow[],
  {
    search,
    owner,
    system,
    cluster,
    namespace,
    level,
    model,
    failing,
  }: FleetFilter,
): FleetRowNow[] {
  const words = (search ?? '').toLocaleLowerCase('en-US').split(/\s+/);
  return rows.filter(
    row =>
      hasAny(row.owners, owner) &&
      hasAny(row.systems, system) &&
      hasAny(
        row.services.map(service => service.cluster),
        cluster,
      ) &&
      hasAny(
        row.services.map(service => service.namespace),
        namespace,
      ) &&
      hasAny([levelOf(row)], level) &&
      hasAny(row.modelNames ?? [], model) &&
      (failing === 'false' || HURTS.has(row.health.status)) &&
      words.every(word => textOf(row).includes(word)),
  );
}

/** Whether any filter is set: without one even that counts which is no row's. */
export function isNarrowed({ failing, ...filters }: FleetFilter): boolean {
  return (
    failing === 'true' ||
    Object.values(filters).some(value => value !== undefined && value !== '')
  );
}

function hasAny(
  values: readonly string[],
  wanted: readonly string[] | undefined,
): boolean {
  return wanted === undefined || values.some(value => wanted.includes(value));
}

function levelOf({ level }: FleetRowNow): string {
  return level.status === 'known' && level.value.status === 'known'
    ? (level.value.level ?? 'none')
    : 'unknown';
}

function textOf({ entityRef, title, owners, systems, services }: FleetRowNow) {
  return [
    entityRef,
    title ?? '',
    ...owners,
    ...systems,
    ...services.map(({ namespace, name }) => `${namespace}/${name}`),
  ]
    .join(' ')
    .toLocaleLowerCase('en-US');
}
