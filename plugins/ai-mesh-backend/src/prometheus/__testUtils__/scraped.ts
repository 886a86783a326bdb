/** A series by how many seconds before the last scrape it was scraped; undefined: it was not there. */
export type Sample = (secondsAgo: number) => number | undefined;

/** Seconds between two scrapes. */
export const SCRAPE = 5;
/** Seconds from the first scrape to the last. */
export const SINCE = 900;

/** Grows by so many a scrape, from 1000 on. */
export function growing(perScrape: number): Sample {
  return ago => 1000 + ((SINCE - ago) / SCRAPE) * perScrape;
}

/** What `startPrometheus` begins with: all that was scraped up to a moment, Unix seconds. */
export function scraped(
  all: readonly { series: string; sample: Sample }[],
  last: number,
): string {
  const lines = all.flatMap(({ series, sample }) =>
    Array.from({ length: SINCE / SCRAPE + 1 }, (_, i) => SINCE - i * SCRAPE)
      .map(ago => [ago, sample(ago)] as const)
      .filter(([, value]) => value !== undefined)
      .map(([ago, value]) => `${series} ${value} ${last - ago}`),
  );
  return [...lines, '# EOF', ''].join('\n');
}
