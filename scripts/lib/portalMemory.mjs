import { mostRssMb, rssMb } from './processUse.mjs';
import { table } from './statistics.mjs';

/** Megabytes: what is held once garbage is collected, what the process has then, and the most that it has had. */
export async function memoryOf({ inspector, pid }) {
  const heldMb = await inspector.heldMb();
  return { heldMb, rssMb: rssMb(pid), mostRssMb: mostRssMb(pid) };
}

/**
 * What portals have beside an idle one.
 *
 * @param {{ when: string, idle: object, portal: object }[]} rows - of each moment what {@link memoryOf} says of both
 */
export function memoryTable(rows) {
  return table(
    [
      'portal, MB',
      'held, idle',
      'held',
      'more',
      'RSS, idle',
      'RSS',
      'more',
      'most RSS',
    ],
    rows.map(({ when, idle, portal }) => [
      when,
      ...['heldMb', 'rssMb'].flatMap(key =>
        [idle[key], portal[key], portal[key] - idle[key]].map(megabytes =>
          megabytes.toFixed(0),
        ),
      ),
      portal.mostRssMb,
    ]),
  );
}
