import { atMost } from './sizeAims.mjs';

/** What the facts of a thousand entities may take once, and what the portal may hold meanwhile over an idle one. */
const FACTS = { seconds: 60, queries: 200, heldMb: 150 };
const A_THOUSAND = 1000;
/** Facts of more have to be computed in the time after which a portal computes them anew. */
const PERIOD_SECONDS = 900;
/** Until a page is there, over the API and in a browser. */
const PAGE = { p95Ms: 150, screenP50Ms: 1500 };
/** Of a page of a hundred rows: how soon they come says little where they say nothing. */
const MOST_WITHOUT_TRAFFIC = 10;
/** How much longer a page may take of the most entities than of the fewest. */
const MOST_GROWTH = 1.3;
/** A table that is scrolled may not stand still for longer. */
const LONGEST_TASK_MS = 200;

/**
 * What measurements of the fleet say against their aims, a sentence each; none where they keep them, and of what was not to be
 * measured.
 *
 * @param result - `{ entities, facts?: { seconds, prometheusQueries, memory: { idle: { heldMb }, portal: { heldMb } } }, page?: { p95Ms, screenP50Ms, withoutTraffic } }`
 */
export function missedFleetAims({ entities, facts, page }) {
  const of = what => `${what} ${entities} entities`;
  const isMore = entities > A_THOUSAND;
  return [
    ...(facts
      ? [
          atMost(
            facts.seconds,
            isMore ? PERIOD_SECONDS : FACTS.seconds,
            `${of('facts of')} took`,
            's',
          ),
          isMore
            ? []
            : atMost(
                facts.prometheusQueries,
                FACTS.queries,
                `${of('facts of')} asked`,
                'queries',
              ),
          atMost(
            facts.memory.portal.heldMb - facts.memory.idle.heldMb,
            FACTS.heldMb * Math.max(1, entities / A_THOUSAND),
            `${of('over an idle one a portal with facts of')} holds`,
            'MB',
          ),
        ]
      : []),
    ...(page
      ? [
          atMost(
            page.p95Ms,
            PAGE.p95Ms,
            `one in twenty pages of ${entities} entities takes`,
            'ms',
          ),
          atMost(
            page.screenP50Ms,
            PAGE.screenP50Ms,
            `${of('the screen of')} takes`,
            'ms',
          ),
          withTraffic(entities, page),
        ]
      : []),
  ].flat();
}

/**
 * The same of a page of several fleets, in any order.
 *
 * @param worlds - `[{ entities, p50Ms, withoutTraffic, scrolled?: { longestMs } }]`
 */
export function missedGrowthAims(worlds) {
  const [smallest, ...larger] = [...worlds].sort(
    (a, b) => a.entities - b.entities,
  );
  const largest = larger.at(-1);
  return [
    ...(largest
      ? atMost(
          largest.p50Ms / smallest.p50Ms,
          MOST_GROWTH,
          `a page of ${largest.entities} entities takes, of one of ${smallest.entities},`,
          'times',
        )
      : []),
    ...worlds.flatMap(world => withTraffic(world.entities, world)),
    ...worlds.flatMap(({ entities, scrolled }) =>
      scrolled
        ? atMost(
            scrolled.longestMs,
            LONGEST_TASK_MS,
            `the table of ${entities} entities stands still for`,
            'ms',
          )
        : [],
    ),
  ];
}

function withTraffic(entities, { withoutTraffic }) {
  return atMost(
    withoutTraffic,
    MOST_WITHOUT_TRAFFIC,
    `a page of ${entities} entities shows no traffic in`,
    'rows',
  );
}
