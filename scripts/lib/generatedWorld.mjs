import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Children } from './children.mjs';
import { DemoSession } from './demoSession.mjs';
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
/** What Prometheus keeps of a scrape, and how often it scrapes, where a world has more series than this machine can hold. */
const SCRAPES = {
  everything: { scrapeSeconds: SCRAPE_SECONDS },
  // A third of the buckets: 100 ms to a minute.
  fewerBuckets: {
    dropped:
      'istio_request_duration_milliseconds_bucket;(0.5|1|5|10|25|50|250|2500|300000|600000|1800000|3600000)',
    scrapeSeconds: 60,
  },
  requestsAlone: { kept: 'istio_requests_total', scrapeSeconds: 60 },
};

/**
 * Starts a portal on a generated mesh, with an entity for each of some of its services, or of `entities` of them. It keeps no
 * answers of Prometheus, so that every request is what the first one is, unless it `keepsAnswers` as a portal does. Where
 * it is `inspected`, it can be looked into (`inspector`). `scraped` says how much of the mesh its Prometheus knows: `everything`,
 * latencies in `fewerBuckets`, or `requestsAlone`.
 * Gives where it is (`url`), who may ask it (`session`), what for (`names`), where its Prometheus is, and how to stop it all.
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
