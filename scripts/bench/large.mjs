// A large cluster: how soon a portal knows it, what of it is held, what the first view after the start says, and what views cost.
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureApp } from '../lib/app.mjs';
import { Children } from '../lib/children.mjs';
import { syncOf } from '../lib/generatedWorld.mjs';
import { startInspected } from '../lib/inspectedPortal.mjs';
import { wholeNumber } from '../lib/numberOption.mjs';
import { objectsOf } from '../lib/objectsOf.mjs';
import { memoryOf, memoryTable } from '../lib/portalMemory.mjs';
import { freshRunFolder } from '../lib/runFolder.mjs';
import { startSandboxMesh } from '../lib/sandboxMesh.mjs';
import { entitiesOf } from '../lib/servicesCatalog.mjs';
import { say } from '../lib/shell.mjs';
import { missedLargeAims } from '../lib/sizeAims.mjs';
import { table } from '../lib/statistics.mjs';
import { stagesOfViews, stagesTable } from '../lib/viewStages.mjs';
import { timesInCells, timesOfView, timesTitles } from '../lib/viewTimes.mjs';

/** So many entities are read, in all these views. */
const ENTITIES = 20;
const VIEWS = ['overview', 'topology', 'routes', 'security', 'review'];
/** Of these it is measured what one costs. */
const TIMED_VIEWS = ['overview', 'topology', 'routes'];
/** The stages of a view are medians of so many. */
const STAGE_ROUNDS = 10;
/** Until the catalog, and whatever else starts with a portal, has come to rest. */
const SETTLE_SECONDS = 60;
/** So long a reader looks again until the table of all traffic is there. */
const TABLE_SECONDS = 120;
/** So long after the last look a table of traffic is kept warm, and asked for. */
const TABLE_KEPT_SECONDS = 75;
/** Such a mesh is some hundred megabytes of metrics. */
const SCRAPE_SECONDS = 60;

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      pods: { type: 'string', default: '10000' },
      // So many have about 2,000 objects of Istio's.
      services: { type: 'string', default: '1650' },
      seed: { type: 'string', default: '1' },
      requests: { type: 'string', default: '200' },
    },
  });
  const requests = wholeNumber('requests', values.requests);
  const services = wholeNumber('services', values.services);
  const pods = wholeNumber('pods', values.pods);
  await ensureApp();
  const children = new Children();
  try {
    const run = freshRunFolder('.run-large');
    const mesh = await startSandboxMesh(children, run, {
      services,
      entities: ENTITIES,
      sandboxPort: 0,
      prometheusPort: 0,
      scrapeSeconds: SCRAPE_SECONDS,
      sandboxArgs: ['--seed', values.seed, '--pods', String(pods)],
    });
    const cluster = {
      ...mesh.cluster,
      prometheus: { url: mesh.prometheusUrl },
    };
    const objects = await objectsOf(cluster.kubernetes);
    const entities = await entitiesOf([cluster], ENTITIES);
    const [{ metadata }] = entities;
    const start = (name, clusters) =>
      startInspected(children, join(run, name), {
        name,
        clusters,
        catalog: mesh.catalog,
        untilThere: session => session.waitForEntity(metadata.name),
      });
    const idle = await start('idle', []);
    const large = await start('large', [cluster]);
    const first = await firstViews(large, metadata.name);
    say(`letting both portals come to rest for ${SETTLE_SECONDS} s`);
    await sleep(SETTLE_SECONDS * 1000);
    const synced = { idle: await memoryOf(idle), large: await memoryOf(large) };
    say('reading every view');
    await readAll(large, entities);
    await sleep(SETTLE_SECONDS * 1000);
    const read = { idle: await memoryOf(idle), large: await memoryOf(large) };
    say('looking until there is a table of all traffic');
    const tableRows = await untilTabled(large, metadata.name);
    const tabled = { idle: await memoryOf(idle), large: await memoryOf(large) };
    const names = entities.map(entity => entity.metadata.name);
    const timesOf = async ({ session, pid }) => {
      const world = {
        session,
        names,
        prometheusUrl: mesh.prometheusUrl,
        portalPid: pid,
      };
      const times = [];
      for (const view of TIMED_VIEWS) {
        times.push(...(await timesOfView([world], view, requests)));
      }
      return times;
    };
    say('measuring views as a portal answers them');
    const warm = await timesOf(large);
    const asker = await start('cold', [
      { ...cluster, prometheus: { ...cluster.prometheus, cacheTtl: '0s' } },
    ]);
    await sleep(TABLE_KEPT_SECONDS * 1000);
    say('measuring views of a portal that keeps no answers');
    const cold = await timesOf(asker);
    say('measuring the stages of views');
    const stages = await stagesOfViews(
      { cluster, service: metadata.annotations['ai-mesh.io/service'] },
      STAGE_ROUNDS,
    );
    const result = {
      views: { warm, cold },
      stages: stagesTable(stages),
      objects,
      sync: syncOf(large.log),
      readySeconds: { idle: idle.readySeconds, large: large.readySeconds },
      readyCpuSeconds: {
        idle: idle.readyCpuSeconds,
        large: large.readyCpuSeconds,
      },
      first,
      synced,
      read,
      tabled,
      tableRows,
      load: loadavg()[0],
    };
    process.stdout.write(`${report(result)}\n`);
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    const missed = missedLargeAims({
      sync: result.sync,
      memory: [synced, read, tabled],
    });
    missed.forEach(say);
    process.exitCode = missed.length > 0 ? 1 : 0;
  } finally {
    await children.stop(0);
  }
}

/** The first view that anybody can ask for, and how long it takes until one has the whole cluster. */
async function firstViews({ session }, entity) {
  const started = performance.now();
  let first;
  for (;;) {
    const askedAt = performance.now();
    const { sources } = await session.view(entity, 'topology');
    const { status, message } = sources.find(
      ({ name }) => name === 'kubernetes',
    );
    first ??= { ms: performance.now() - askedAt, status, message };
    if (status === 'ok') {
      return { ...first, wholeAfterMs: performance.now() - started };
    }
    await sleep(100);
  }
}

async function readAll({ session }, entities) {
  for (const { metadata } of entities) {
    for (const view of VIEWS) {
      await session.view(metadata.name, view);
    }
  }
}

/** The rows of the table that is kept while somebody looks; undefined where none came. */
async function untilTabled({ session, metricsUrl }, entity) {
  const until = performance.now() + TABLE_SECONDS * 1000;
  while (performance.now() < until) {
    await session.view(entity, 'topology');
    const metrics = await (await fetch(metricsUrl)).text();
    const rows = Number(metrics.match(/^ai_mesh_table_rows\{.*\} (\d+)/m)?.[1]);
    if (rows > 0) {
      return rows;
    }
    await sleep(1000);
  }
  return undefined;
}

function report(result) {
  const { objects, sync, readySeconds, readyCpuSeconds, first } = result;
  const { synced, read, tabled, tableRows, views, stages } = result;
  const memory = (when, { idle, large }) => ({ when, idle, portal: large });
  return [
    table(
      ['pods', 'Istio objects', 'objects watched', 'MB as JSON', 'sync ms'],
      [
        [
          objects.pods,
          objects.istio,
          sync?.objects ?? 'not logged',
          objects.megabytes.toFixed(1),
          sync?.syncMs ?? 'not logged',
        ],
      ],
    ),
    '',
    memoryTable([
      memory('synced', synced),
      memory('every view read', read),
      memory(`with a table of ${tableRows ?? 'no'} rows`, tabled),
    ]),
    '',
    table(
      [
        'start to first view, s',
        'the same of an idle portal',
        'processor until then, s',
        'the same of an idle portal',
        'first view ms',
        'what it says of the cluster',
        'whole after ms',
      ],
      [
        [
          readySeconds.large.toFixed(1),
          readySeconds.idle.toFixed(1),
          readyCpuSeconds.large.toFixed(1),
          readyCpuSeconds.idle.toFixed(1),
          first.ms.toFixed(0),
          first.status,
          first.wholeAfterMs.toFixed(0),
        ],
      ],
    ),
    '',
    table(
      ['answers of Prometheus', ...timesTitles],
      Object.entries(views).flatMap(([kept, times]) =>
        times.map(one => [
          kept === 'warm' ? 'as installed' : 'none kept',
          ...timesInCells(one),
        ]),
      ),
    ),
    '',
    stages,
    '',
  ].join('\n');
}
