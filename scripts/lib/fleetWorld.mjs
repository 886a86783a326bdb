import { setTimeout as sleep } from 'node:timers/promises';
import { startGeneratedWorld } from './generatedWorld.mjs';
import { cpuMs } from './processUse.mjs';
import { queriesServed } from './prometheusCounts.mjs';
import { say } from './shell.mjs';

/** Long enough for several scrapes of every series; of a large world, which is scraped once a minute. */
const TRAFFIC_SECONDS = 60;
const LARGE_TRAFFIC_SECONDS = 200;
/** Of so many entities, Prometheus cannot hold all series on a small machine. */
const LARGE = 2000;
/** A busy machine takes long for the first. */
export const PATIENCE_SECONDS = 900;

/** A portal as it is installed, with so many entities in one mesh. */
export const fleetWorld = (entities, seed, { facts, inspected } = {}) =>
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

export async function traffic(entities) {
  const seconds = entities > LARGE ? LARGE_TRAFFIC_SECONDS : TRAFFIC_SECONDS;
  say(`letting traffic flow for ${seconds} s`);
  await sleep(seconds * 1000);
}

/** What Prometheus was asked so far, and the milliseconds that it and the portal have used of a processor. */
export async function loadOf({ prometheusUrl, prometheusPid, portalPid }) {
  return {
    queries: await queriesServed(prometheusUrl),
    cpu: cpuMs(portalPid),
    prometheusCpu: cpuMs(prometheusPid),
  };
}
