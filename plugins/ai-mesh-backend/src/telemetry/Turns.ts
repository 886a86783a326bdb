import { begunIn } from './begunIn';
import type { MeshTable } from './MeshTable';
import { slowIn } from './slowIn';

/** Which services of a mesh have begun to fail, and which are slow; undefined where nobody has known yet. */
export interface Turns {
  readonly begun?: ReadonlySet<string>;
  readonly slow?: ReadonlySet<string>;
}

/** @param before - holds where the table does not know */
export async function turnsIn(
  table: MeshTable,
  before: Turns = {},
): Promise<Turns> {
  return {
    begun: (await begunIn(table)) ?? before.begun,
    slow: (await slowIn(table)) ?? before.slow,
  };
}

/** Whether a service is wrong that was not, or the other way round. */
export function hasTurned(before: Turns, now: Turns): boolean {
  return differ(before.begun, now.begun) || differ(before.slow, now.slow);
}

function differ(
  before: ReadonlySet<string> | undefined,
  now: ReadonlySet<string> | undefined,
): boolean {
  return (
    before !== undefined &&
    now !== undefined &&
    (before.size !== now.size || [...now].some(one => !before.has(one)))
  );
}
