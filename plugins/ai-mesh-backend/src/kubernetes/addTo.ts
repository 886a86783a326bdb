/** Adds to the group of a key, in constant time: a group may be everything that an answer of a source holds. */
export function addTo<K, T>(groups: Map<K, T[]>, key: K, one: T): void {
  const group = groups.get(key);
  if (group) {
    group.push(one);
  } else {
    groups.set(key, [one]);
  }
}
