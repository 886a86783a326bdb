// The read path on generated worlds: what a view costs, and whether that grows with the cluster.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensureApp } from '../lib/app.mjs';
import { Children } from '../lib/children.mjs';
import { DemoSession } from '../lib/demoSession.mjs';
import { portalConfig } from '../lib/portalConfig.mjs';
import { startPortal } from '../lib/portal.mjs';
import { freePort } from '../lib/ports.mjs';
import { cpuMs, rssMb } from '../lib/processUse.mjs';
import { freshRunFolder, writeRunFile } from '../lib/runFolder.mjs';
import { startSandboxMesh } from '../lib/sandboxMesh.mjs';
import { say } from '../lib/shell.mjs';
import { quantile, table, timed } from '../lib/statistics.mjs';

const VIEWS = ['overview', 'topology', 'routes'];
const ENTITIES = 20;
/** Rates over 5 min need some of it; a minute and a half has several scrapes of every series. */
const TRAFFIC_SECONDS = 90;
/** As most Prometheuses are set. The demo's 2 s would leave two cores little else to do on the large world. */
const SCRAPE_SECONDS = 15;

export async function benchmark(args) {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '100,1000' },
      seed: { type: 'string', default: '1' },
      requests: { type: 'string', default: '200' },
    },
  });
  const worlds = [];
  for (const services of values.sizes.split(',').map(Number)) {
    worlds.push(
      await measureWorld({
        services,
        seed: values.seed,
        requests: Number(values.requests),
      }),
    );
  }
  process.stdout.write(`${report(worlds)}\n`);
  process.stdout.write(`${JSON.stringify(worlds, null, 2)}\n`);
}

async function measureWorld({ services, seed, requests }) {
  say(`a world of ${services} services`);
  const children = new Children();
  try {
    await ensureApp();
    const run = freshRunFolder('.run-bench');
    const { cluster, prometheusUrl } = await startSandboxMesh(children, run, {
      sandboxPort: 0,
      prometheusPort: 0,
      scrapeSeconds: SCRAPE_SECONDS,
      sandboxArgs: ['--services', String(services), '--seed', seed],
    });
    // Not through the sandbox, which would then be what is measured; and without a cache, so that every request is what
    // the first one is.
    cluster.prometheus = { url: prometheusUrl, cacheTtl: { milliseconds: 1 } };
    const entities = await entitiesOf(cluster);
    const catalog = writeRunFile(
      run,
      'entities.yaml',
      entities.map(entity => JSON.stringify(entity)).join('\n---\n'),
    );
    const port = await freePort();
    const config = writeRunFile(
      run,
      'app-config.yaml',
      portalConfig({ port, cluster, catalog }),
    );
    const url = await startPortal(children, run, { port, configs: [config] });
    const session = await DemoSession.signIn(url, 'owner');
    const names = entities.map(({ metadata }) => metadata.name);
    await Promise.all(names.map(name => session.waitForEntity(name)));
    say(`letting traffic flow for ${TRAFFIC_SECONDS} s`);
    await sleep(TRAFFIC_SECONDS * 1000);

    const portal = children.pidOf('the portal');
    const measured = { session, names, requests, prometheusUrl, portal };
    const views = [];
    for (const view of VIEWS) {
      views.push(await measureView({ ...measured, view }));
    }
    return {
      services,
      views,
      watchCache: syncOf(join(run, 'portal.log')),
      portalRssMb: rssMb(portal),
    };
  } finally {
    await children.stop(0);
  }
}

async function measureView({
  session,
  view,
  names,
  requests,
  prometheusUrl,
  portal,
}) {
  const ask = index => () => session.view(names[index % names.length], view);
  await timed(
    names.map((_, index) => ask(index)),
    1,
  );
  const before = await queriesServed(prometheusUrl);
  const answer = await session.view(names[0], view);
  const queries = (await queriesServed(prometheusUrl)) - before;
  const tasks = Array.from({ length: requests }, (_, index) => ask(index));
  const cpuBefore = cpuMs(portal);
  const oneByOne = await timed(tasks, 1);
  const portalCpuMs = (cpuMs(portal) - cpuBefore) / requests;
  const twenty = await timed(tasks, 20);
  return {
    view,
    prometheusQueries: queries,
    nodes: answer.nodes?.length,
    ...(Number.isFinite(portalCpuMs) && { portalCpuMs }),
    p50Ms: quantile(oneByOne, 0.5),
    p95Ms: quantile(oneByOne, 0.95),
    p50MsAt20: quantile(twenty, 0.5),
    p95MsAt20: quantile(twenty, 0.95),
  };
}

/** Services from all over the world, evenly. */
async function entitiesOf(cluster) {
  const answer = await fetch(
    `${cluster.kubernetes.url}/api/v1/services?limit=5000`,
    {
      headers: {
        authorization: `Bearer ${cluster.kubernetes.serviceAccountToken}`,
      },
    },
  );
  const { items } = await answer.json();
  const candidates = items.filter(
    ({ metadata }) => !metadata.namespace.startsWith('istio'),
  );
  const stride = Math.max(1, Math.floor(candidates.length / ENTITIES));
  return candidates
    .filter((_, index) => index % stride === 0)
    .slice(0, ENTITIES)
    .map(({ metadata }) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: `${metadata.namespace}.${metadata.name}`.slice(0, 63),
        annotations: {
          'ai-mesh.io/service': `${metadata.namespace}/${metadata.name}`,
        },
      },
      spec: { type: 'service', lifecycle: 'production', owner: 'ai-platform' },
    }));
}

/** How many queries Prometheus has answered, by its own count. */
async function queriesServed(prometheusUrl) {
  const text = await (await fetch(`${prometheusUrl}/metrics`)).text();
  return [
    ...text.matchAll(
      /^prometheus_http_requests_total\{.*handler="\/api\/v1\/query(?:_range)?".*\} (\S+)$/gm,
    ),
  ].reduce((total, [, count]) => total + Number(count), 0);
}

/** What the backend logged of its watch cache's first sync. */
function syncOf(log) {
  const [, objects, milliseconds] =
    readFileSync(log, 'utf8').match(
      /watch cache of .*? holds (\d+) objects in (\d+) ms/,
    ) ?? [];
  return objects
    ? { objects: Number(objects), syncMs: Number(milliseconds) }
    : undefined;
}

function report(worlds) {
  const ms = value => value.toFixed(1);
  const rows = worlds.flatMap(({ services, views }) =>
    views.map(view => [
      services,
      view.view,
      view.prometheusQueries,
      view.portalCpuMs === undefined
        ? 'not known on this system'
        : ms(view.portalCpuMs),
      ms(view.p50Ms),
      ms(view.p95Ms),
      ms(view.p50MsAt20),
      ms(view.p95MsAt20),
    ]),
  );
  return [
    table(
      [
        'services',
        'view',
        'Prometheus queries',
        'portal CPU ms',
        'p50 ms',
        'p95 ms',
        'p50 ms, 20 at a time',
        'p95 ms, 20 at a time',
      ],
      rows,
    ),
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
