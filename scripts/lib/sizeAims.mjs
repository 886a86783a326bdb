/** Until a portal knows a large cluster, and what it has more than an idle one. */
const MOST_SYNC_MS = 5000;
const MOST_MB = 200;
/** What all readers together may take of the portal. */
const MOST_CORES = 0.5;

/**
 * What measurements of a large cluster say against their aims, a sentence each; none where they keep them.
 *
 * @param result - `{ sync: { syncMs }, memory: [{ idle: { rssMb }, large: { rssMb } }] }`, memory at several moments
 */
export function missedLargeAims({ sync, memory }) {
  const more = Math.max(
    ...memory.map(({ idle, large }) => large.rssMb - idle.rssMb),
  );
  return [
    ...atMost(sync?.syncMs, MOST_SYNC_MS, 'the first sync took', 'ms'),
    ...atMost(more, MOST_MB, 'the portal has over an idle one', 'MB'),
  ];
}

/**
 * The same of many readers.
 *
 * @param result - `{ readers, nobody: { portalCores }, everybody: { portalCores } }`
 */
export function missedReadersAims({ readers, nobody, everybody }) {
  return atMost(
    everybody.portalCores - nobody.portalCores,
    MOST_CORES,
    `${readers} readers take of the portal`,
    'cores',
  );
}

/** What was not measured has not kept its aim. */
export function atMost(value, most, what, unit) {
  return value <= most
    ? []
    : [
        `${what} ${Number.isFinite(value) ? Math.round(value * 100) / 100 : 'an unknown number of'} ${unit}; the aim is at most ${most}`,
      ];
}
