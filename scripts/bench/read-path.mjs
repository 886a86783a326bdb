// The read path on generated worlds: what a view costs, and whether that grows with the cluster.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureApp } from '../lib/app.mjs';
import { startGeneratedWorld } from '../lib/generatedWorld.mjs';
import { rssMb } from '../lib/processUse.mjs';
import { missedAims } from '../lib/readPathAims.mjs';
import { say } from '../lib/shell.mjs';
import { table } from '../lib/statistics.mjs';
import { timesInCells, timesOfView, timesTitles } from '../lib/viewTimes.mjs';

const VIEWS = ['overview', 'topology', 'routes'];
/** Rates over 5 min need some of it; a minute and a half has several scrapes of every series. */
const TRAFFIC_SECONDS = 90;

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
      const measured = await timesOfView(worlds, view, Number(values.requests));
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

function report(worlds) {
  const rows = worlds.flatMap(({ services, views }) =>
    views.map(view => [services, ...timesInCells(view)]),
  );
  return [
    table(['services', ...timesTitles], rows),
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
