import type { FleetFilter } from '@ai-mesh/plugin-ai-mesh-common';
import type { FleetRowNow } from './FleetRowNow';

const HURTS: ReadonlySet<string> = new Set(['failing', 'slow']);

type Test = (row: FleetRowNow) => boolean;

/** What a row has to meet: each filter that is given, and of its values any. */
export function filterFleet(
  rows: readonly FleetRowNow[],
  filter: FleetFilter,
): readonly FleetRowNow[] {
  const tests = testsOf(filter);
  return tests.length > 0
    ? rows.filter(row => tests.every(test => test(row)))
    : rows;
}

function testsOf({
  search = '',
  owner,
  system,
  cluster,
  namespace,
  level,
  model,
  failing,
}: FleetFilter): Test[] {
  const words = search.toLocaleLowerCase('en-US').split(/\s+/).filter(Boolean);
  return [
    ...anyOf(owner, row => row.owners),
    ...anyOf(system, row => row.systems),
    ...anyOf(cluster, row => row.services.map(service => service.cluster)),
    ...anyOf(namespace, row => row.services.map(service => service.namespace)),
    ...anyOf(level, row => [levelOf(row)]),
    ...anyOf(model, row => row.modelNames ?? []),
    ...(failing === 'true'
      ? [({ health }: FleetRowNow) => HURTS.has(health.status)]
      : []),
    ...(words.length > 0
      ? [(row: FleetRowNow) => hasAll(textOf(row), words)]
      : []),
  ];
}

/** Whether any filter is set: without one even that counts which is no row's. */
export function isNarrowed({ failing, ...filters }: FleetFilter): boolean {
  return (
    failing === 'true' ||
    Object.values(filters).some(value => value !== undefined && value !== '')
  );
}

/** Whether one of a row's values is wanted; nothing to test where nothing is said. */
function anyOf(
  wanted: readonly string[] | undefined,
  valuesOf: (row: FleetRowNow) => readonly string[],
): Test[] {
  if (wanted === undefined) {
    return [];
  }
  const all = new Set(wanted);
  return [row => valuesOf(row).some(value => all.has(value))];
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
