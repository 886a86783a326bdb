/** Everything that arrows lead to from a start; the start itself only where they lead back to it. */
export function reachableFrom(
  start: string,
  arrows: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const found = new Set<string>();
  const queue = [...(arrows.get(start) ?? [])];
  for (const id of queue) {
    if (!found.has(id)) {
      found.add(id);
      queue.push(...(arrows.get(id) ?? []));
    }
  }
  return found;
}
