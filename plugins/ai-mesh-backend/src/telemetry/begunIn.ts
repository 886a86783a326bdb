import { windowSeconds } from '@ai-mesh/plugin-ai-mesh-common';
import { inTurns } from '../target/inTurns';
import { byService } from './byService';
import { MESH_WINDOW, type MeshTable } from './MeshTable';
import { readLately, readOnset } from './readLately';

/**
 * What of a whole mesh has begun to fail, or to be throttled, within the last minute: each called service as each kind of
 * reporter sees it. Undefined where that is not known.
 */
export async function begunIn({
  requests,
  lately,
}: Pick<MeshTable, 'requests' | 'lately'>): Promise<
  ReadonlySet<string> | undefined
> {
  if (requests.status === 'unknown' || lately.status === 'unknown') {
    return undefined;
  }
  const window = await byService(requests.value);
  const begun = new Set<string>();
  for (const [service, rows] of await byService(lately.value)) {
    await inTurns();
    const all = window.get(service) ?? [];
    if (readOnset(readLately(rows, all, windowSeconds[MESH_WINDOW]))) {
      begun.add(service);
    }
  }
  return begun;
}
