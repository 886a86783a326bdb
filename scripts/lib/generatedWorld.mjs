import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Children } from './children.mjs';
import { DemoSession } from './demoSession.mjs';
import { startInspected } from './inspectedPortal.mjs';
import { Inspector } from './inspector.mjs';
import { startPortal } from './portal.mjs';
import { portalConfig } from './portalConfig.mjs';
import { freePort } from './ports.mjs';
import { freshRunFolder, writeRunFile } from './runFolder.mjs';
import { startSandboxMesh } from './sandboxMesh.mjs';
import { entitiesOf } from './servicesCatalog.mjs';
import { say } from './shell.mjs';

/** As most Prometheuses are set. The demo's 2 s would leave two cores little else to do on a large world. */
const SCRAPE_SECONDS = 15;
/** What Prometheus asks for, and how often, where a world has more series than this machine can hold. */
const SCRAPES = {
  everything: { scrapeSeconds: SCRAPE_SECONDS },
  // Of latencies a third: 100 ms to a minute.
  fewerBuckets: {
    buckets: ['100', '500', '1000', '5000', '10000', '30000', '60000', '+Inf'],
    scrapeSeconds: 60,
  },
  // What the table of all entities shows: requests, errors, encryption, and latencies in as few buckets as a p95 is made of.
  rowsAlone: {
    samples: [
      'istio_requests_total',
      'istio_request_duration_milliseconds_bucket',
    ],
    buckets: ['50', '250', '1000', '5000', '30000', '+Inf'],
    scrapeSeconds: 60,
  },
};

/**
 * Starts a portal on a generated mesh, with an entity for each of some of its services, or of `entities` of them. It keeps no
 * answers of Prometheus, so that every request is what the first one is, unless it `keepsAnswers` as a portal does. Where
 * it is `inspected`, it can be looked into (`inspector`). `scraped` says how much of the mesh its Prometheus knows: `everything`,
 * latencies in `fewerBuckets`, or `rowsAlone`.
 * Gives where it is (`url`), who may ask it (`session`), what for (`names`), where its Prometheus is, how to have an idle portal
 * with the same catalog beside it (`startIdle`), and how to stop it all.
 */
export async function startGeneratedWorld({
  services,
  seed,
  entities,
  facts,
  keepsAnswers = false,
  inspected = false,
  scraped = 'everything',
}) {
  say(`a world of ${services} services`);
  const scrape = SCRAPES[scraped];
  const children = new Children();
  try {
    const run = freshRunFolder(`.run-bench/${services}`);
    const mesh = await startSandboxMesh(children, run, {
      services,
      entities,
      sandboxPort: 0,
      prometheusPort: 0,
      ...scrape,
      sandboxArgs: ['--seed', seed],
    });
    const { cluster, catalog, prometheusUrl } = mesh;
    // Not through the sandbox, which would then be what is measured.
    cluster.prometheus = {
      url: prometheusUrl,
      ...(!keepsAnswers && { cacheTtl: '0s' }),
      scrapeInterval: `${scrape.scrapeSeconds}s`,
    };
    const port = await freePort();
    const config = writeRunFile(
      run,
      'app-config.yaml',
      portalConfig({ port, cluster, catalog, facts, measured: true }),
    );
    const url = await startPortal(children, run, {
      port,
      configs: [config],
      ...(inspected && { nodeArgs: ['--inspect=127.0.0.1:0'] }),
    });
    const log = join(run, 'portal.log');
    const session = await DemoSession.signIn(url, 'owner');
    const names = (await entitiesOf([cluster], entities)).map(
      ({ metadata }) => metadata.name,
    );
    await session.waitForComponents(names.length);
    return {
      services,
      url,
      session,
      names,
      prometheusUrl,
      portalPid: children.pidOf('the portal'),
      prometheusPid: children.pidOf('Prometheus'),
      ...(inspected && { inspector: await Inspector.of(log) }),
      watchCache: () => syncOf(log),
      startIdle: () =>
        startInspected(children, join(run, 'idle'), {
          name: 'idle',
          clusters: [],
          catalog,
          untilThere: one => one.waitForComponents(names.length),
        }),
      stop: () => children.stop(0),
    };
  } catch (error) {
    await children.stop(1);
    throw error;
  }
}

/** What the backend logged of its watch cache's first sync: objects and milliseconds; undefined where it did not. */
export function syncOf(log) {
  const [, objects, milliseconds] =
    readFileSync(log, 'utf8').match(
      /watch cache of .*? holds (\d+) objects in (\d+) ms/,
    ) ?? [];
  return objects
    ? { objects: Number(objects), syncMs: Number(milliseconds) }
    : undefined;
}
