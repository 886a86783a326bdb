import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGeneratedWorld } from './generatedWorld.mjs';
import { scrolledTable } from './scrolledTable.mjs';
import { cpuMs, rssMb } from './processUse.mjs';
import { say } from './shell.mjs';
import { quantile, table, timed } from './statistics.mjs';

/** Long enough for some scrapes of a mesh that is scraped once a minute. */
const TRAFFIC_SECONDS = 200;
/** Each world has its turn so many times, so that whatever else the machine does slows all of them alike. */
const ROUNDS = 20;
const A_ROUND = 10;
const PAGE = 100;

/**
 * A page of the fleet of several worlds at once, of whose traffic Prometheus knows the requests alone: with all else two
 * worlds of thousands of services are more than a small machine holds. Facts are computed meanwhile as a portal does.
 *
 * @returns of each world how many `rows` it has, and of the portal's processor
 * `cpuMsAPage`, milliseconds, `firstMs`, `p50Ms`, `p95Ms`; of the last `scrolled`
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
          scraped: 'requestsAlone',
        }),
      );
    }
    say(`letting traffic flow for ${TRAFFIC_SECONDS} s`);
    await sleep(TRAFFIC_SECONDS * 1000);
    const runs = [];
    for (const { session, portalPid } of worlds) {
      const read = () => session.call(`/v1/fleet?limit=${PAGE}`);
      const [firstMs] = await timed([read], 1);
      const { all } = await read();
      runs.push({ read, rows: all, portalPid, firstMs, times: [], cpu: 0 });
    }
    say('reading the fleets in turn');
    for (let round = 0; round < ROUNDS; round++) {
      for (const run of runs) {
        const before = cpuMs(run.portalPid);
        run.times.push(...(await timed(Array(A_ROUND).fill(run.read), 1)));
        run.cpu += cpuMs(run.portalPid) - before;
      }
    }
    const known = [];
    for (const { read } of runs) {
      known.push(knownOf((await read()).rows));
    }
    say('scrolling the largest in a browser');
    const scrolled = await scrolledTable(worlds.at(-1).url);
    return runs.map(({ rows, portalPid, firstMs, times, cpu }, index) => ({
      entities: sizes[index],
      rows,
      known: known[index],
      // With whatever else the portal does meanwhile.
      cpuMsAPage: cpu / times.length,
      rssMb: rssMb(portalPid),
      load: loadavg()[0],
      firstMs,
      p50Ms: quantile(times, 0.5),
      p95Ms: quantile(times, 0.95),
      ...(index === runs.length - 1 && { scrolled }),
    }));
  } finally {
    await Promise.all(worlds.map(world => world.stop()));
  }
}

/** Of how many rows a figure of their traffic is known: without any, little would be measured. */
export function knownOf(rows, figure = 'requestsPerSecond') {
  return rows.filter(({ traffic }) => traffic[figure].status === 'known')
    .length;
}

/** The same as a table. */
export function growthReport(worlds) {
  return table(
    [
      'entities',
      'rows',
      'of the page, with traffic',
      'load',
      'RSS MB',
      'portal CPU ms a page',
      'first ms',
      'p50 ms',
      'p95 ms',
      'scrolled to row',
      'frame p50 ms',
      'frame p95 ms',
      'longest task ms',
    ],
    worlds.map(({ entities, rows, known, scrolled, ...figures }) => [
      entities,
      rows,
      known,
      figures.load.toFixed(1),
      figures.rssMb,
      figures.cpuMsAPage.toFixed(0),
      ...[figures.firstMs, figures.p50Ms, figures.p95Ms].map(ms =>
        ms.toFixed(1),
      ),
      scrolled?.rows,
      scrolled?.p50Ms.toFixed(1),
      scrolled?.p95Ms.toFixed(1),
      scrolled?.longestMs.toFixed(0),
    ]),
  );
}
