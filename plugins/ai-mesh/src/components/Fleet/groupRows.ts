import type { FleetRow } from '@ai-mesh/plugin-ai-mesh-common';

/** What rows can be grouped by. */
export type FleetGrouping = 'owner' | 'system';

/** A line of the table: a row, or the heading of those that follow. */
export type FleetLine =
  | { kind: 'row'; row: FleetRow }
  | {
      kind: 'group';
      /** The reference; empty: of those that have none. */
      of: string;
      closed: boolean;
      services: number;
      /** Of these, such as fail or are slow now. */
      hurting: number;
      /** Of these, such as it is not known of whether they do. */
      unknown: number;
      /** More of it may follow on the next page. */
      more: boolean;
    };

/**
 * Rows under headings, those of a closed group left out. An entity of several owners stands with the first.
 *
 * @param rows - sorted by what they are grouped by
 * @param more - not all rows are there yet
 */
export function groupRows(
  rows: readonly FleetRow[],
  by: FleetGrouping,
  { closed, more }: { closed: ReadonlySet<string>; more: boolean },
): FleetLine[] {
  const groups = new Map<string, FleetRow[]>();
  for (const row of rows) {
    const [of = ''] = by === 'owner' ? row.owners : row.systems;
    const those = groups.get(of);
    if (those) {
      those.push(row);
    } else {
      groups.set(of, [row]);
    }
  }
  const last = [...groups.keys()].at(-1);
  return [...groups].flatMap(([of, those]): FleetLine[] => {
    const withHealth = (...wanted: string[]) =>
      those.filter(({ health }) => wanted.includes(health.status)).length;
    return [
      {
        kind: 'group',
        of,
        closed: closed.has(of),
        services: those.length,
        hurting: withHealth('failing', 'slow'),
        unknown: those.filter(
          ({ health }) =>
            health.status === 'unknown' || health.slownessNotKnown,
        ).length,
        more: more && of === last,
      },
      ...(closed.has(of)
        ? []
        : those.map((row): FleetLine => ({ kind: 'row', row }))),
    ];
  });
}
