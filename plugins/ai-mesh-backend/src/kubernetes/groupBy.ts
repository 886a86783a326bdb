type Groups<T> = ReadonlyMap<string, readonly T[]>;

const groupings = new WeakMap<object, WeakMap<object, Groups<unknown>>>();

/**
 * Groups objects by keys, once per array: a snapshot hands out the same array until one of its objects changes, so
 * that a look-up in a large namespace is not a walk through it.
 *
 * @param keysOf - must be the same function at every call, not one made on the way
 */
export function groupBy<T>(
  objects: readonly T[],
  keysOf: (object: T) => readonly string[],
): Groups<T> {
  let byFunction = groupings.get(objects);
  if (!byFunction) {
    byFunction = new WeakMap();
    groupings.set(objects, byFunction);
  }
  // What lies under `keysOf` was made by it, from this array: its type is known.
  const present = byFunction.get(keysOf) as Groups<T> | undefined;
  if (present) {
    return present;
  }
  const groups = new Map<string, T[]>();
  for (const object of objects) {
    for (const key of keysOf(object)) {
      const group = groups.get(key);
      if (group) {
        group.push(object);
      } else {
        groups.set(key, [object]);
      }
    }
  }
  byFunction.set(keysOf, groups);
  return groups;
}
