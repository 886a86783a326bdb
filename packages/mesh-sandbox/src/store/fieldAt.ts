/**
 * What is at a path of an object, or `undefined` where there is nothing.
 *
 * @param path - keys, and indexes of lists, with dots between them; as a list where a key may hold a dot
 */
export function fieldAt(
  object: unknown,
  path: string | readonly string[],
): unknown {
  let value = object;
  for (const key of typeof path === 'string' ? path.split('.') : path) {
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A list at a path; empty where there is none. */
export function listAt(object: unknown, path: string): unknown[] {
  const value = fieldAt(object, path);
  return Array.isArray(value) ? value : [];
}

/** Text or number at a path, or what to show where there is none. */
export function textAt(object: unknown, path: string, absent = ''): string {
  const value = fieldAt(object, path);
  if (value === undefined || value === null) {
    return absent;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Number at a path, or 0. */
export function numberAt(object: unknown, path: string): number {
  const value = fieldAt(object, path);
  return typeof value === 'number' ? value : 0;
}
