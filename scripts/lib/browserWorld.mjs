import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Children } from './children.mjs';
import { DemoSession } from './demoSession.mjs';
import { startPortal } from './portal.mjs';
import { portalConfig } from './portalConfig.mjs';
import { freePort } from './ports.mjs';
import { freshRunFolder, writeRunFile } from './runFolder.mjs';
import { startSandboxMesh } from './sandboxMesh.mjs';
import { entitiesOf } from './servicesCatalog.mjs';
import { say } from './shell.mjs';

/** Rates over 5 min need some of it, and every call has to have been made. */
const TRAFFIC_SECONDS = 90;
/** Of the mesh's services, to find one with the wanted number of neighbours. */
const CANDIDATES = 15;
const GATEWAY = 'istio-system.istio-ingressgateway';

/**
 * Starts a generated mesh with traffic, of whose ingress gateway two steps are a large graph and three a larger one. Gives
 * `portal(name, prometheus)`, which starts a portal on it and gives its `url`, a `session`, and `stop()`; `names` of
 * entities, and the `gateway` among them; and `stop()` for all.
 */
export async function startBrowserWorld(services) {
  const children = new Children();
  const portals = [];
  const stop = async () => {
    await Promise.all(portals.map(portal => portal.stop(0)));
    await children.stop(0);
  };
  try {
    const run = freshRunFolder(`.run-browser/${services}`);
    say(`a world of ${services} services`);
    const mesh = await startSandboxMesh(children, run, {
      services,
      sandboxPort: 0,
      prometheusPort: 0,
      scrapeSeconds: 15,
    });
    const entities = await entitiesOf([mesh.cluster], CANDIDATES);
    const gateway = {
      ...entities[0],
      metadata: {
        name: GATEWAY,
        annotations: { 'ai-mesh.io/service': GATEWAY.replace('.', '/') },
      },
    };
    const catalog = writeRunFile(
      run,
      'entities.yaml',
      [...entities, gateway].map(one => JSON.stringify(one)).join('\n---\n'),
    );
    say(`letting traffic flow for ${TRAFFIC_SECONDS} s`);
    await sleep(TRAFFIC_SECONDS * 1000);
    const portal = async (name, prometheus) => {
      const folder = join(run, name);
      mkdirSync(folder, { recursive: true });
      const own = new Children();
      portals.push(own);
      const port = await freePort();
      // Not through the sandbox, whose own work every question would have to wait for.
      const cluster = {
        ...mesh.cluster,
        prometheus: { url: mesh.prometheusUrl, ...prometheus },
      };
      const config = writeRunFile(
        folder,
        'app-config.yaml',
        portalConfig({ port, cluster, catalog, measured: true }),
      );
      const url = await startPortal(own, folder, {
        port,
        configs: [config],
        name: `the ${name} portal`,
      });
      const session = await DemoSession.signIn(url, 'owner');
      await session.waitForEntity(GATEWAY);
      return { url, session, stop: () => own.stop(0) };
    };
    return {
      names: entities.map(({ metadata }) => metadata.name),
      gateway: GATEWAY,
      portal,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
