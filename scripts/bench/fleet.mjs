// The fleet: what the facts of all entities cost, and how soon the table of all of them answers.
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureApp } from '../lib/app.mjs';
import { missedFleetAims, missedGrowthAims } from '../lib/fleetAims.mjs';
import { growthReport, knownOf, measureGrowth } from '../lib/fleetGrowth.mjs';
import { startGeneratedWorld } from '../lib/generatedWorld.mjs';
import { cpuMs, rssMb } from '../lib/processUse.mjs';
import { queriesServed } from '../lib/queriesServed.mjs';
import { say } from '../lib/shell.mjs';
import { quantile, table, timed } from '../lib/statistics.mjs';
import { timeToTable } from '../lib/timeToTable.mjs';

/** Long enough for several scrapes of every series; of a large world, which is scraped once a minute. */
const TRAFFIC_SECONDS = 60;
const LARGE_TRAFFIC_SECONDS = 200;
/** Of so many entities, Prometheus cannot hold all series on a small machine. */
const LARGE = 2000;
/** As short as may be: the next round begins as soon as one ends, so that a round takes as long as its work. */
const PERIOD = '10s';
/** At the usual period, two looks at whose turn it is: 45 s apart, and a tenth of all at each. */
const STEADY_SECONDS = 90;
/** A busy machine takes long for the first. */
const PATIENCE_SECONDS = 900;
const PAGE = 100;
const REQUESTS = 100;
/** So often the page is opened in a browser. */
const OPENED = 10;

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

const worldOf = (entities, seed, { facts, inspected } = {}) =>
  startGeneratedWorld({
    // Some Services are the mesh's own.
    services: Math.ceil(entities * 1.1),
    entities,
    seed,
    facts,
    inspected,
    keepsAnswers: true,
    ...(entities > LARGE && { scraped: 'fewerBuckets' }),
  });

/** Facts as they are computed unless set otherwise, with nobody who looks at them. */
async function measureSteady(entities, seed) {
  const world = await worldOf(entities, seed);
  try {
    await traffic(entities);
    say(`looking at the load of ${STEADY_SECONDS} s`);
    const before = await loadOf(world);
    await sleep(STEADY_SECONDS * 1000);
    const after = await loadOf(world);
    const aMinute = what =>
      ((after[what] - before[what]) * 60) / STEADY_SECONDS;
    return {
      queriesAMinute: aMinute('queries'),
      cpuSecondsAMinute: aMinute('cpu') / 1000,
      rssMb: rssMb(world.portalPid),
    };
  } finally {
    await world.stop();
  }
}

async function loadOf({ prometheusUrl, prometheusPid, portalPid }) {
  return {
    queries: await queriesServed(prometheusUrl),
    cpu: cpuMs(portalPid),
    prometheusCpu: cpuMs(prometheusPid),
  };
}

/** Facts of every entity, again and again as fast as may be. */
async function measureFacts(entities, seed) {
  const world = await worldOf(entities, seed, {
    facts: { period: PERIOD },
    inspected: true,
  });
  try {
    const startedMb = rssMb(world.portalPid);
    const startedHeldMb = await world.inspector.heldMb();
    await traffic(entities);
    say('computing all facts');
    await computedSince(world, new Date(0), world.names.length);
    say('computing them anew');
    const round = await oneRound(world, world.names.length);
    // The next round has begun, so that what its questions and answers take is held too.
    const heldMb = await world.inspector.heldMb();
    return { startedMb, startedHeldMb, ...round, heldMb };
  } finally {
    await world.stop();
  }
}

/** The page, while facts are computed as they are unless set otherwise. */
async function measurePage(entities, seed) {
  const world = await worldOf(entities, seed);
  try {
    const startedMb = rssMb(world.portalPid);
    await traffic(entities);
    say('waiting until the fleet has all of them');
    await waitForRows(world);
    say('reading the fleet');
    const fleet = await readFleet(world);
    say(JSON.stringify(fleet));
    say('opening the fleet in a browser');
    const { followed, loaded } = await timeToTable(world.url, OPENED);
    return {
      startedMb,
      rssMb: rssMb(world.portalPid),
      ...fleet,
      screenP50Ms: quantile(followed, 0.5),
      screenP95Ms: quantile(followed, 0.95),
      loadedP50Ms: quantile(loaded, 0.5),
    };
  } finally {
    await world.stop();
  }
}

async function traffic(entities) {
  const seconds = entities > LARGE ? LARGE_TRAFFIC_SECONDS : TRAFFIC_SECONDS;
  say(`letting traffic flow for ${seconds} s`);
  await sleep(seconds * 1000);
}

/**
 * From one moment until every entity's facts are younger than it. Rounds follow each other, so that some entities have two
 * turns in that time: figures are of as many turns as there are entities.
 */
async function oneRound(world, count) {
  const from = new Date();
  const before = await loadOf(world);
  const { mostMb, turns } = await computedSince(world, from, count);
  const after = await loadOf(world);
  const share = count / turns;
  return {
    turns,
    seconds: ((Date.now() - from.getTime()) / 1000) * share,
    // The tables that are kept warm for the fleet's page ask meanwhile too.
    prometheusQueries: (after.queries - before.queries) * share,
    portalCpuSeconds: ((after.cpu - before.cpu) / 1000) * share,
    // Its scrapes are in it.
    prometheusCpuSeconds:
      ((after.prometheusCpu - before.prometheusCpu) / 1000) * share,
    load: loadavg()[0],
    mostMb,
  };
}

/** Gives the most memory that the portal held meanwhile, and how many times facts of an entity were computed. */
async function computedSince({ session, portalPid }, since, count) {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  let mostMb = 0;
  let turns = 0;
  let last;
  while (Date.now() < deadline) {
    mostMb = Math.max(mostMb, rssMb(portalPid) ?? 0);
    const observed = await observedAts(session).catch(error => {
      // A busy portal resets a connection of its own now and then; the next look asks again, unless it has ended.
      say(`a look at the facts failed: ${error.message}`);
      return undefined;
    });
    if (observed) {
      for (const [ref, at] of last ? observed : []) {
        turns += at === last.get(ref) ? 0 : 1;
      }
      last = observed;
    }
    if (
      observed?.size >= count &&
      [...observed.values()].every(at => Date.parse(at) > since.getTime())
    ) {
      return { mostMb, turns };
    }
    await sleep(2000);
  }
  throw new Error(
    `not all facts were computed within ${PATIENCE_SECONDS / 60} minutes`,
  );
}

async function observedAts(session) {
  const found = new Map();
  let cursor;
  do {
    const { items, next } = await session.call(
      `/v1/facts?limit=200&names=modelsInUse${cursor ? `&cursor=${cursor}` : ''}`,
    );
    items.forEach(({ entityRef, observedAt }) =>
      found.set(entityRef, observedAt),
    );
    cursor = next;
  } while (cursor);
  return found;
}

/** The portal looks once a minute whether the catalog has more. */
async function waitForRows({ session, names }) {
  const deadline = Date.now() + PATIENCE_SECONDS * 1000;
  let all = 0;
  while (Date.now() < deadline) {
    ({ all } = await session.call('/v1/fleet?limit=1'));
    if (all >= names.length) {
      return;
    }
    await sleep(5000);
  }
  throw new Error(
    `${all} of ${names.length} entities reached the fleet within ${PATIENCE_SECONDS / 60} minutes`,
  );
}

async function readFleet(world) {
  const { session } = world;
  const read = () => session.call(`/v1/fleet?limit=${PAGE}`);
  const [firstMs] = await timed([read], 1);
  const before = await loadOf(world);
  const times = await timed(
    Array.from({ length: REQUESTS }, () => read),
    1,
  );
  const after = await loadOf(world);
  const { all, rows } = await read();
  return {
    rows: all,
    // Of a page: without figures little would be measured.
    withTraffic: knownOf(rows, 'requestsPerSecond'),
    withLatency: knownOf(rows, 'p95'),
    // With whatever else the portal does meanwhile.
    cpuMsAPage: (after.cpu - before.cpu) / REQUESTS,
    load: loadavg()[0],
    firstMs,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  };
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
      'held MB before',
      'held MB',
      'fleet rows',
      'of a page, with traffic',
      'with p95',
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
      facts?.startedHeldMb.toFixed(0),
      facts?.heldMb.toFixed(0),
      page?.rows,
      page?.withTraffic,
      page?.withLatency,
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
