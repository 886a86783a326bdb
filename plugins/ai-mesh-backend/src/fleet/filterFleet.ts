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
  const words = [
    ...new Set((search ?? '').toLocaleLowerCase('en-US').split(/\s+/)),
  ];
  const isOwned = anyOf(owner);
  const isPart = anyOf(system);
  const isOn = anyOf(cluster);
  const isIn = anyOf(namespace);
  const isAt = anyOf(level);
  const calls = anyOf(model);
  return rows.filter(
    row =>
      isOwned(row.owners) &&
      isPart(row.systems) &&
      isOn(row.services.map(service => service.cluster)) &&
      isIn(row.services.map(service => service.namespace)) &&
      isAt([levelOf(row)]) &&
      calls(row.modelNames ?? []) &&
      (failing === 'false' || HURTS.has(row.health.status)) &&
      hasAll(textOf(row), words),
  );
}

/** Whether any filter is set: without one even that counts which is no row's. */
export function isNarrowed({ failing, ...filters }: FleetFilter): boolean {
  return (
    failing === 'true' ||
    Object.values(filters).some(value => value !== undefined && value !== '')
  );
}

/** Whether one of some values is wanted; each is where nothing is said. */
function anyOf(
  wanted: readonly string[] | undefined,
): (values: readonly string[]) => boolean {
  const all = wanted && new Set(wanted);
  return values => all === undefined || values.some(value => all.has(value));
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every(word => text.includes(word));
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
