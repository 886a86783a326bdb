// The read path on generated worlds: what a view costs, and whether that grows with the cluster.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureApp } from '../lib/app.mjs';
import { startGeneratedWorld } from '../lib/generatedWorld.mjs';
import { cpuMs, rssMb } from '../lib/processUse.mjs';
import { queriesServed } from '../lib/queriesServed.mjs';
import { missedAims } from '../lib/readPathAims.mjs';
import { say } from '../lib/shell.mjs';
import { quantile, table, timed } from '../lib/statistics.mjs';

const VIEWS = ['overview', 'topology', 'routes'];
/** Rates over 5 min need some of it; a minute and a half has several scrapes of every series. */
const TRAFFIC_SECONDS = 90;
/** Worlds take turns, so that whatever else the machine does slows all of them alike. */
const ROUNDS = 10;
const COUNTED_LOOKS = 5;
const PERCENTILES = [50, 95, 99];

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '100,1000' },
      seed: { type: 'string', default: '1' },
      requests: { type: 'string', default: '800' },
      // With the answers that a portal keeps as it is installed.
      warm: { type: 'boolean', default: false },
    },
  });
  await ensureApp();
  const worlds = [];
  try {
    for (const services of values.sizes.split(',').map(Number)) {
      worlds.push(
        await startGeneratedWorld({
          services,
          seed: values.seed,
          keepsAnswers: values.warm,
        }),
      );
    }
    say(`letting traffic flow for ${TRAFFIC_SECONDS} s`);
    await sleep(TRAFFIC_SECONDS * 1000);
    const results = worlds.map(({ services }) => ({ services, views: [] }));
    for (const view of VIEWS) {
      say(`measuring ${view}`);
      const measured = await measureView(worlds, view, Number(values.requests));
      measured.forEach((result, index) => results[index].views.push(result));
    }
    worlds.forEach(({ watchCache, portalPid }, index) => {
      results[index].watchCache = watchCache();
      results[index].portalRssMb = rssMb(portalPid);
    });
    process.stdout.write(`${report(results)}\n`);
    process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
    const missed = missedAims(results);
    missed.forEach(say);
    process.exitCode = missed.length > 0 ? 1 : 0;
  } finally {
    await Promise.all(worlds.map(world => world.stop()));
  }
}

/** One view on every world: first one request at a time, then twenty. */
async function measureView(worlds, view, requests) {
  const runs = [];
  for (const world of worlds) {
    runs.push({ world, ...(await firstLook(world, view)) });
  }
  const each = Math.ceil(requests / ROUNDS);
  for (const atOnce of [1, 20]) {
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
      portalCpuMs: times.cpuMs / (2 * each * ROUNDS),
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

function report(worlds) {
  const ms = value => value.toFixed(1);
  const rows = worlds.flatMap(({ services, views }) =>
    views.map(view => [
      services,
      view.view,
      view.prometheusQueries,
      view.portalCpuMs === undefined
        ? 'not known on this system'
        : ms(view.portalCpuMs),
      ...PERCENTILES.map(p => ms(view[`p${p}Ms`])),
      ...PERCENTILES.map(p => ms(view[`p${p}MsAt20`])),
    ]),
  );
  return [
    table(
      [
        'services',
        'view',
        'Prometheus queries',
        'portal CPU ms',
        ...PERCENTILES.map(p => `p${p} ms`),
        ...PERCENTILES.map(p => `p${p} ms, 20 at a time`),
      ],
      rows,
    ),
    '',
    table(
      ['services', 'objects watched', 'first sync ms', 'portal RSS MB'],
      worlds.map(({ services, watchCache, portalRssMb }) => [
        services,
        watchCache?.objects ?? 'not logged',
        watchCache?.syncMs ?? 'not logged',
        portalRssMb ?? 'not known on this system',
      ]),
    ),
    '',
  ].join('\n');
}
