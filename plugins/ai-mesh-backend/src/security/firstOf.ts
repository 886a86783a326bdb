/** The first of a list, and how many more there are, where there are. */
export function firstOf<T>(
  all: readonly T[],
  most: number,
): { shown: T[]; more?: number } {
  const more = all.length - most;
  return { shown: all.slice(0, most), ...(more > 0 && { more }) };
}
