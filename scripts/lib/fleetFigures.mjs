import { setTimeout as sleep } from 'node:timers/promises';

/** What Services of a large mesh receive is asked some namespaces at a time, behind the back of whoever looks. */
const FIGURES_SECONDS = 300;
/** All of it is there once hardly more rows have figures for so long: latencies are much to ask for. */
const STILL_SECONDS = 60;
const STILL_GROWTH = 1.01;
const LOOK_AGAIN_MS = 3000;
/** As many rows as are told at once. */
const LARGEST_PAGE = 200;

/** Of how many of all rows figures are known, once there are hardly more from look to look; and after how many seconds. */
export async function figuresOfAll(session) {
  const startedAt = Date.now();
  const secondsSince = at => (Date.now() - at) / 1000;
  let last = { ...figuresOf([]), seconds: 0 };
  let grewAt = startedAt;
  while (
    secondsSince(startedAt) < FIGURES_SECONDS &&
    (last.traffic === 0 || secondsSince(grewAt) < STILL_SECONDS)
  ) {
    await sleep(LOOK_AGAIN_MS);
    const known = figuresOf(await allRows(session));
    const grew = Object.keys(known).some(
      figure => known[figure] > STILL_GROWTH * last[figure],
    );
    if (grew) {
      grewAt = Date.now();
      last = { ...known, seconds: secondsSince(startedAt) };
    }
  }
  return last;
}

export function figuresOf(rows) {
  return {
    traffic: knownOf(rows, 'requestsPerSecond'),
    errors: knownOf(rows, 'errorRatio'),
    latency: knownOf(rows, 'p95'),
    line: rows.filter(({ trend }) => trend.status === 'known').length,
  };
}

/** Of how many rows a figure of their traffic is known: without any, little would be measured. */
function knownOf(rows, figure) {
  return rows.filter(({ traffic }) => traffic[figure].status === 'known')
    .length;
}

async function allRows(session) {
  const found = [];
  let cursor;
  do {
    const { rows, next } = await session.call(
      `/v1/fleet?limit=${LARGEST_PAGE}${cursor ? `&cursor=${cursor}` : ''}`,
    );
    found.push(...rows);
    cursor = next;
  } while (cursor);
  return found;
}
