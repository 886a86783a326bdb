/** A deep copy of plain JSON; fields that are `undefined` are left out. */
export function cloneJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
