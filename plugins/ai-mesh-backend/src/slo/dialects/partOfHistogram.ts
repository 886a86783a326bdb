/** The histogram of which a counter is the count or the sum, as its name says; undefined for other counters. */
export function partOfHistogram(
  counter: string,
): { metric: string; native: 'count' | 'sum' } | undefined {
  const [, metric, native] = /^(.+)_(count|sum)$/.exec(counter) ?? [];
  return native === 'count' || native === 'sum'
    ? { metric, native }
    : undefined;
}
