import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  fleetWorld,
  loadOf,
  PATIENCE_SECONDS,
  traffic,
} from './fleetWorld.mjs';
import { memoryOf } from './portalMemory.mjs';
import { rssMb } from './processUse.mjs';
import { say } from './shell.mjs';

/** As short as may be: the next round begins as soon as one ends, so that a round takes as long as its work. */
const PERIOD = '10s';
/** So many times as long as a look at all facts takes, none is taken: it is work of the portal's too. */
const LOOKS_LESS = 10;
/** At the usual period, two looks at whose turn it is: 45 s apart, and a tenth of all at each. */
const STEADY_SECONDS = 90;
/** Until whatever starts with an idle portal has come to rest. */
const SETTLE_SECONDS = 60;

/**
 * Facts of every entity, again and again as fast as may be; and what is held for them beside an idle portal with the same
 * catalog, which starts once they are measured, so that it takes nothing from them.
 */
export async function measureFacts(entities, seed) {
  const world = await fleetWorld(entities, seed, {
    facts: { period: PERIOD },
    inspected: true,
  });
  try {
    const startedMb = rssMb(world.portalPid);
    await traffic(entities);
    say('computing all facts');
    await computedSince(world, new Date(0), world.names.length);
    say('computing them anew');
    const round = await oneRound(world, world.names.length);
    const idle = await world.startIdle();
    say(`letting the idle portal come to rest for ${SETTLE_SECONDS} s`);
    await sleep(SETTLE_SECONDS * 1000);
    return {
      startedMb,
      ...round,
      memory: {
        idle: await memoryOf(idle),
        // Rounds go on, so that what their questions and answers take is held too.
        portal: await memoryOf({
          inspector: world.inspector,
          pid: world.portalPid,
        }),
      },
    };
  } finally {
    await world.stop();
  }
}

/** Facts as they are computed unless set otherwise, with nobody who looks at them. */
export async function measureSteady(entities, seed) {
  const world = await fleetWorld(entities, seed);
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
    const lookedAt = Date.now();
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
    await sleep(Math.max(2000, LOOKS_LESS * (Date.now() - lookedAt)));
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
