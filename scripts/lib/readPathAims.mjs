/** What a view may ask Prometheus, and how much longer it may take on the largest world than on the smallest. */
const MOST_QUERIES = 6;
const MOST_GROWTH = 1.2;

/**
 * What measurements of the read path say against its aims, a sentence each; none where it keeps them.
 *
 * @param results - for each world `{ services, views: [{ view, prometheusQueries, p50Ms }] }`, in any order
 */
export function missedAims(results) {
  const [smallest, ...larger] = [...results].sort(
    (a, b) => a.services - b.services,
  );
  const largest = larger.at(-1);
  return [
    ...results.flatMap(({ services, views }) =>
      views
        // What was not measured has not kept the aim.
        .filter(
          ({ prometheusQueries: asked }) =>
            !Number.isFinite(asked) || asked > MOST_QUERIES,
        )
        .map(
          ({ view, prometheusQueries: asked }) =>
            `${view} asks ${asked} queries at ${services} services; the aim is at most ${MOST_QUERIES}`,
        ),
    ),
    ...(largest?.views ?? []).flatMap(({ view, p50Ms }) => {
      const before = smallest.views.find(other => other.view === view)?.p50Ms;
      const times = p50Ms / before;
      return times <= MOST_GROWTH
        ? []
        : [
            `${view} takes ${times.toFixed(2)} times as long at ${largest.services} services as at ${smallest.services}; the aim is at most ${MOST_GROWTH}`,
          ];
    }),
  ];
}
