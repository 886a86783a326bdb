import { cpuMs } from './processUse.mjs';
import { queriesServed } from './prometheusCounts.mjs';
import { quantile, timed } from './statistics.mjs';

/** Worlds take turns, so that whatever else the machine does slows all of them alike. */
const ROUNDS = 10;
const COUNTED_LOOKS = 5;
const READERS = [1, 20];
const PERCENTILES = [50, 95, 99];

/**
 * One view on every world: first one request at a time, then twenty.
 *
 * @param worlds - of each its `session`, the `names` of its entities, its `prometheusUrl` and its `portalPid`
 */
export async function timesOfView(worlds, view, requests) {
  const runs = [];
  for (const world of worlds) {
    runs.push({ world, ...(await firstLook(world, view)) });
  }
  const each = Math.ceil(requests / ROUNDS);
  for (const atOnce of READERS) {
    for (let round = 0; round < ROUNDS; round++) {
      for (const { world, times } of runs) {
        const tasks = Array.from({ length: each }, (_, index) => {
          const name = world.names[(round * each + index) % world.names.length];
          return () => world.session.view(name, view);
        });
        const before = cpuMs(world.portalPid);
        times[atOnce].push(...(await timed(tasks, atOnce)));
        times.cpuMs += cpuMs(world.portalPid) - before;
      }
    }
  }
  return runs.map(({ queries, times }) => ({
    view,
    prometheusQueries: queries,
    ...(Number.isFinite(times.cpuMs) && {
      portalCpuMs: times.cpuMs / (READERS.length * each * ROUNDS),
    }),
    ...percentiles(times[1], 'Ms'),
    ...percentiles(times[20], 'MsAt20'),
  }));
}

/** `p50Ms`, `p95Ms` and `p99Ms`, where `Ms` is the unit. */
function percentiles(times, unit) {
  return Object.fromEntries(
    PERCENTILES.map(p => [`p${p}${unit}`, quantile(times, p / 100)]),
  );
}

/**
 * Asks for every entity once, so that nothing is slow for being the first; then counts the queries of one view. What the
 * portal asks by itself meanwhile is not the view's: the middle of some counts is without it.
 */
async function firstLook({ session, names, prometheusUrl }, view) {
  for (const name of names) {
    await session.view(name, view);
  }
  const counts = [];
  for (let look = 0; look < COUNTED_LOOKS; look++) {
    const before = await queriesServed(prometheusUrl);
    await session.view(names[0], view);
    counts.push((await queriesServed(prometheusUrl)) - before);
  }
  return {
    queries: quantile(counts, 0.5),
    times: { 1: [], 20: [], cpuMs: 0 },
  };
}

/** The titles of {@link timesInCells}. */
export const timesTitles = [
  'view',
  'Prometheus queries',
  'portal CPU ms',
  ...PERCENTILES.map(p => `p${p} ms`),
  ...PERCENTILES.map(p => `p${p} ms, 20 at a time`),
];

/** One result of {@link timesOfView} as a row of a table. */
export function timesInCells(view) {
  const ms = value => value.toFixed(1);
  return [
    view.view,
    view.prometheusQueries,
    view.portalCpuMs === undefined
      ? 'not known on this system'
      : ms(view.portalCpuMs),
    ...PERCENTILES.map(p => ms(view[`p${p}Ms`])),
    ...PERCENTILES.map(p => ms(view[`p${p}MsAt20`])),
  ];
}
