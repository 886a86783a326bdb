// The fleet: what the facts of all entities cost, and how soon the table of all of them answers.
import { parseArgs } from 'node:util';
import { ensureApp } from '../lib/app.mjs';
import { missedFleetAims, missedGrowthAims } from '../lib/fleetAims.mjs';
import { measureFacts, measureSteady } from '../lib/fleetFacts.mjs';
import { growthReport, measureGrowth } from '../lib/fleetGrowth.mjs';
import { measurePage } from '../lib/fleetPage.mjs';
import { memoryTable } from '../lib/portalMemory.mjs';
import { say } from '../lib/shell.mjs';
import { table } from '../lib/statistics.mjs';

/** What is measured of each size, and what its figures are called. */
const PARTS = {
  once: ['facts', measureFacts],
  page: ['page', measurePage],
  steady: ['steady', measureSteady],
};

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '1000' },
      growth: { type: 'string', default: '1000,5000' },
      seed: { type: 'string', default: '1' },
      part: { type: 'string', default: 'all' },
    },
  });
  await ensureApp();
  const numbers = text => text.split(',').map(Number);
  const { part, seed } = values;
  const wanted = name => part === 'all' || part === name;
  const ofEachSize = Object.keys(PARTS).some(wanted);
  const results = [];
  for (const entities of ofEachSize ? numbers(values.sizes) : []) {
    const result = { entities };
    results.push(result);
    // One after another: two such worlds at once would measure each other.
    for (const [name, [figures, measure]] of Object.entries(PARTS)) {
      if (wanted(name)) {
        result[figures] = await measure(entities, seed);
        // Where a later one fails, this much was measured.
        say(JSON.stringify({ entities, [figures]: result[figures] }));
      }
    }
  }
  const growth = wanted('growth')
    ? await measureGrowth(numbers(values.growth), seed)
    : [];
  process.stdout.write(
    [
      ...(results.length > 0 ? [report(results)] : []),
      ...(wanted('once') && results.length > 0 ? [memoryReport(results)] : []),
      ...(growth.length > 0 ? [growthReport(growth)] : []),
      JSON.stringify({ results, growth }, null, 2),
      '',
    ].join('\n\n'),
  );
  const missed = [
    ...results.flatMap(missedFleetAims),
    ...missedGrowthAims(growth),
  ];
  missed.forEach(say);
  process.exitCode = missed.length > 0 ? 1 : 0;
}

function memoryReport(results) {
  return memoryTable(
    results.map(({ entities, facts }) => ({
      when: `facts of ${entities} entities computed`,
      ...facts.memory,
    })),
  );
}

function report(worlds) {
  return table(
    [
      'entities',
      'facts s',
      'Prometheus queries',
      'portal CPU s',
      'Prometheus CPU s',
      'load',
      'RSS MB before',
      'most RSS MB',
      'fleet rows',
      'of a page, with traffic',
      'with p95',
      'of all rows, with traffic',
      'after s',
      'load',
      'portal CPU ms a page',
      'RSS MB before',
      'RSS MB after',
      'first ms',
      'p50 ms',
      'p95 ms',
      'screen p50 ms',
      'screen p95 ms',
      'with the portal, p50 ms',
      'steady queries/min',
      'steady CPU s/min',
      'steady RSS MB',
    ],
    worlds.map(({ entities, facts, page, steady }) => [
      entities,
      facts?.seconds.toFixed(1),
      facts?.prometheusQueries.toFixed(0),
      facts?.portalCpuSeconds.toFixed(1),
      facts?.prometheusCpuSeconds.toFixed(1),
      facts?.load.toFixed(1),
      facts?.startedMb,
      facts?.mostMb,
      page?.rows,
      page?.withTraffic,
      page?.withLatency,
      page?.figures.traffic,
      page?.figures.seconds.toFixed(0),
      page?.load.toFixed(1),
      page?.cpuMsAPage.toFixed(0),
      page?.startedMb,
      page?.rssMb,
      page?.firstMs.toFixed(1),
      page?.p50Ms.toFixed(1),
      page?.p95Ms.toFixed(1),
      page && Math.round(page.screenP50Ms),
      page && Math.round(page.screenP95Ms),
      page && Math.round(page.loadedP50Ms),
      steady?.queriesAMinute.toFixed(0),
      steady?.cpuSecondsAMinute.toFixed(1),
      steady?.rssMb,
    ]),
  );
}
