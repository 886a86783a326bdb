import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { knownOf } from './fleetGrowth.mjs';
import {
  fleetWorld,
  loadOf,
  PATIENCE_SECONDS,
  traffic,
} from './fleetWorld.mjs';
import { rssMb } from './processUse.mjs';
import { say } from './shell.mjs';
import { quantile, timed } from './statistics.mjs';
import { timeToTable } from './timeToTable.mjs';

const PAGE = 100;
const REQUESTS = 100;
/** So often the page is opened in a browser. */
const OPENED = 10;

/** The page, while facts are computed as they are unless set otherwise. */
export async function measurePage(entities, seed) {
  const world = await fleetWorld(entities, seed);
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
    withoutTraffic: rows.length - knownOf(rows, 'requestsPerSecond'),
    withLatency: knownOf(rows, 'p95'),
    // With whatever else the portal does meanwhile.
    cpuMsAPage: (after.cpu - before.cpu) / REQUESTS,
    load: loadavg()[0],
    firstMs,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  };
}
