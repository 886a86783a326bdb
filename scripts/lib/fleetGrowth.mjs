import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { figuresOf, figuresOfAll } from './fleetFigures.mjs';
import { startGeneratedWorld } from './generatedWorld.mjs';
import { scrolledTable } from './scrolledTable.mjs';
import { cpuMs, mostRssMb, rssMb } from './processUse.mjs';
import { seriesHeld } from './prometheusCounts.mjs';
import { say } from './shell.mjs';
import { quantile, table, timed } from './statistics.mjs';

/** Long enough for some scrapes of a mesh that is scraped once a minute. */
const TRAFFIC_SECONDS = 200;
/** The facts of all are computed in half of a quarter of an hour, and from then on half as many at a time. */
const FACTS_SECONDS = 600;
const LOOK_AGAIN_MS = 3000;
/** Each world has its turn so many times, so that whatever else the machine does slows all of them alike. */
const ROUNDS = 20;
const A_ROUND = 10;
const PAGE = 100;

/**
 * A page of the fleet of several worlds at once, of whose traffic Prometheus knows what the page shows: with all else two
 * worlds of thousands of services are more than a small machine holds. Facts are computed meanwhile as a portal does once all have had theirs.
 *
 * @returns of each world how many `rows` it has, and of the portal's processor
 * `cpuMsAPage`, milliseconds, `firstMs`, `p50Ms`, `p95Ms`, and of where it hurts `hurtingP50Ms`, `hurtingP95Ms`; of how many rows of a page what is known, at `first` and at the end
 * (`known`), and of all rows `figures`, so many `seconds` after the first read; what Prometheus holds; of the last `scrolled`
 */
export async function measureGrowth(sizes, seed) {
  const worlds = [];
  try {
    for (const entities of sizes) {
      worlds.push(
        await startGeneratedWorld({
          // Some Services are the mesh's own.
          services: Math.ceil(entities * 1.1),
          entities,
          seed,
          keepsAnswers: true,
          scraped: 'rowsAlone',
        }),
      );
    }
    say(`letting traffic flow for ${TRAFFIC_SECONDS} s`);
    await sleep(TRAFFIC_SECONDS * 1000);
    const runs = [];
    for (const world of worlds) {
      runs.push(await firstRead(world));
    }
    say('waiting until all rows have figures');
    const figures = await Promise.all(
      worlds.map(({ session }) => figuresOfAll(session)),
    );
    say(JSON.stringify(figures));
    say('waiting until all have had their facts computed once');
    await Promise.all(worlds.map(({ session }) => factsOfAll(session)));
    say('reading the fleets in turn');
    for (let round = 0; round < ROUNDS; round++) {
      for (const run of runs) {
        const before = cpuMs(run.portalPid);
        run.times.push(...(await timed(Array(A_ROUND).fill(run.read), 1)));
        run.cpu += cpuMs(run.portalPid) - before;
      }
    }
    const results = [];
    for (const [index, run] of runs.entries()) {
      const { portalPid, prometheusPid, prometheusUrl } = worlds[index];
      const { all, rows, sources } = await run.read();
      const { times, cpu, first, firstMs } = run;
      const hurting = await timed(Array(A_ROUND).fill(run.readHurting), 1);
      results.push({
        entities: sizes[index],
        rows: all,
        first,
        known: figuresOf(rows),
        withoutTraffic: rows.length - figuresOf(rows).traffic,
        figures: figures[index],
        // With whatever else the portal does meanwhile.
        cpuMsAPage: cpu / times.length,
        rssMb: rssMb(portalPid),
        series: await seriesHeld(prometheusUrl),
        prometheusMostMb: mostRssMb(prometheusPid),
        // Of a mesh that is too large, what is left out of the table.
        said: sources.find(({ name }) => name === 'prometheus').message,
        load: loadavg()[0],
        firstMs,
        p50Ms: quantile(times, 0.5),
        p95Ms: quantile(times, 0.95),
        hurtingP50Ms: quantile(hurting, 0.5),
        hurtingP95Ms: quantile(hurting, 0.95),
      });
    }
    // Where the browser fails, this much was measured.
    say(JSON.stringify(results));
    say('scrolling the largest in a browser');
    results.at(-1).scrolled = await scrolledTable(worlds.at(-1).url);
    return results;
  } finally {
    await Promise.all(worlds.map(world => world.stop()));
  }
}

async function firstRead({ session, portalPid }) {
  const read = () => session.call(`/v1/fleet?limit=${PAGE}`);
  const startedAt = performance.now();
  const { rows } = await read();
  const firstMs = performance.now() - startedAt;
  const first = figuresOf(rows);
  const readHurting = () => session.call('/v1/fleet/hurting');
  return { read, readHurting, portalPid, first, firstMs, times: [], cpu: 0 };
}

/** Until then a portal computes twice as many as it does from then on. */
async function factsOfAll(session) {
  const until = Date.now() + FACTS_SECONDS * 1000;
  let without;
  do {
    await sleep(LOOK_AGAIN_MS);
    const { facts } = await session.call('/v1/fleet/hurting');
    without = facts.none;
  } while (without > 0 && Date.now() < until);
}

/** The same as a table. */
export function growthReport(worlds) {
  return table(
    [
      'entities',
      'rows',
      'of the first page, with traffic',
      'of a page, with traffic',
      'with errors known',
      'with p95',
      'of all rows, with traffic',
      'with errors known',
      'with p95',
      'with the line of an hour',
      'after s',
      'series',
      'Prometheus, most RSS MB',
      'load',
      'RSS MB',
      'portal CPU ms a page',
      'first ms',
      'p50 ms',
      'p95 ms',
      'where it hurts, p50 ms',
      'p95 ms',
      'scrolled to row',
      'frame p50 ms',
      'frame p95 ms',
      'longest task ms',
    ],
    worlds.map(({ first, known, figures, scrolled, ...world }) => [
      world.entities,
      world.rows,
      first.traffic,
      known.traffic,
      known.errors,
      known.latency,
      figures.traffic,
      figures.errors,
      figures.latency,
      figures.line,
      figures.seconds.toFixed(0),
      world.series,
      world.prometheusMostMb,
      world.load.toFixed(1),
      world.rssMb,
      world.cpuMsAPage.toFixed(0),
      ...[
        world.firstMs,
        world.p50Ms,
        world.p95Ms,
        world.hurtingP50Ms,
        world.hurtingP95Ms,
      ].map(ms => ms.toFixed(1)),
      scrolled?.rows,
      scrolled?.p50Ms.toFixed(1),
      scrolled?.p95Ms.toFixed(1),
      scrolled?.longestMs.toFixed(0),
    ]),
  );
}
