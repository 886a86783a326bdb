/**
 * Derives something from each object once, for as long as the object lives. Objects of a snapshot never change: when
 * one of thousands does in the cluster, a new one takes its place, and only that one is read again.
 */
export function onceForEach<O extends object, T>(
  derive: (object: O) => T,
): (object: O) => T {
  const known = new WeakMap<O, { derived: T }>();
  return object => {
    const found = known.get(object) ?? { derived: derive(object) };
    known.set(object, found);
    return found.derived;
  };
}
