/** Which column orders a table, and which way. */
export interface Order {
  column: string;
  direction: 'asc' | 'desc';
}

/** Sorts a copy of the rows. A row whose value is not known comes last in both directions: unknown is not zero. */
export function sortRows<T>(
  rows: T[],
  sortBy: (row: T) => number | string | undefined,
  direction: Order['direction'],
): T[] {
  const sign = direction === 'asc' ? 1 : -1;
  return [...rows].sort((left, right) => {
    const a = sortBy(left);
    const b = sortBy(right);
    if (a === undefined || b === undefined) {
      return Number(a === undefined) - Number(b === undefined);
    }
    return typeof a === 'number' && typeof b === 'number'
      ? sign * (a - b)
      : sign * String(a).localeCompare(String(b));
  });
}
