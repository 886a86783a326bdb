import type { MeshSnapshot } from '../MeshSnapshot';

/** Snapshots until one is as expected; the last one where none was in time. */
export async function eventually(
  cache: { snapshot(): Promise<MeshSnapshot> },
  expected: (snapshot: MeshSnapshot) => boolean,
  limitMs = 8_000,
): Promise<MeshSnapshot> {
  const end = Date.now() + limitMs;
  for (;;) {
    const snapshot = await cache.snapshot();
    if (expected(snapshot) || Date.now() > end) {
      return snapshot;
    }
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}
