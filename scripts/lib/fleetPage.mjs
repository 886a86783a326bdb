import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { figuresOf, figuresOfAll } from './fleetFigures.mjs';
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
  say('waiting until all rows have figures');
  const figures = await figuresOfAll(session);
  const before = await loadOf(world);
  const times = await timed(
    Array.from({ length: REQUESTS }, () => read),
    1,
  );
  const after = await loadOf(world);
  const { all, rows } = await read();
  const { traffic: withTraffic, latency: withLatency } = figuresOf(rows);
  return {
    rows: all,
    figures,
    // Of a page: without figures little would be measured.
    withTraffic,
    withoutTraffic: rows.length - withTraffic,
    withLatency,
    // With whatever else the portal does meanwhile.
    cpuMsAPage: (after.cpu - before.cpu) / REQUESTS,
    load: loadavg()[0],
    firstMs,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  };
}
