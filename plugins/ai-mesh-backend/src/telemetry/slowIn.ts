import { known, windowSeconds } from '@ai-mesh/plugin-ai-mesh-common';
import { inTurns } from '../target/inTurns';
import { byService } from './byService';
import { MESH_WINDOW, type MeshTable } from './MeshTable';
import { readSlowness, readUsual } from './readSlowness';
import { readTraffic } from './readTraffic';

/**
 * What of a whole mesh takes longer than it used to: each called service as each kind of reporter sees it. Undefined where
 * that is not known.
 */
export async function slowIn({
  requests,
  buckets,
  usual,
}: Pick<MeshTable, 'requests' | 'buckets' | 'usual'>): Promise<
  ReadonlySet<string> | undefined
> {
  if (
    requests.status === 'unknown' ||
    buckets.status === 'unknown' ||
    usual.status === 'unknown'
  ) {
    return undefined;
  }
  const seconds = windowSeconds[MESH_WINDOW];
  const now = await byService(buckets.value);
  const then = await byService(usual.value);
  const slow = new Set<string>();
  for (const [service, rows] of await byService(requests.value)) {
    await inTurns();
    const before = then.get(service);
    if (
      before &&
      readSlowness(
        readTraffic(rows, known(now.get(service) ?? []), seconds),
        readUsual(before, seconds),
      )
    ) {
      slow.add(service);
    }
  }
  return slow;
}
