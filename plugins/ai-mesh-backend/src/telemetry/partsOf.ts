/**
 * Names in groups that are asked about together: of as many things as may be at most, or one name that has more.
 *
 * @param sizes - how many things there are of each name
 */
export function partsOf(
  sizes: ReadonlyMap<string, number>,
  most: number,
): string[][] {
  const parts: string[][] = [];
  let room = 0;
  for (const name of [...sizes.keys()].sort()) {
    const size = sizes.get(name)!;
    if (size > room || parts.length === 0) {
      parts.push([]);
      room = most;
    }
    parts.at(-1)!.push(name);
    room -= size;
  }
  return parts;
}
