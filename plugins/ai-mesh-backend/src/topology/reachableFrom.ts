/** Everything that arrows lead to from one start or several; a start itself only where they lead back to it. */
export function reachableFrom(
  start: string | readonly string[],
  arrows: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const found = new Set<string>();
  const queue = [start].flat().flatMap(id => arrows.get(id) ?? []);
  for (const id of queue) {
    if (!found.has(id)) {
      found.add(id);
      for (const next of arrows.get(id) ?? []) {
        queue.push(next);
      }
    }
  }
  return found;
}
