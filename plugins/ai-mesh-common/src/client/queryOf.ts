/** A path's query, with its question mark; empty without any value. */
export function queryOf(values: Record<string, unknown>): string {
  const query = new URLSearchParams(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)]],
    ),
  );
  return query.size > 0 ? `?${query}` : '';
}
