import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DemoSession } from './demoSession.mjs';
import { Inspector } from './inspector.mjs';
import { startPortal } from './portal.mjs';
import { portalConfig } from './portalConfig.mjs';
import { freePort } from './ports.mjs';
import { cpuMs } from './processUse.mjs';
import { writeRunFile } from './runFolder.mjs';

/**
 * Starts a portal that can be looked into. One without `clusters` is idle: it has a catalog, and no mesh.
 *
 * @param options - `untilThere`: waits, with a session, for what the catalog is to have
 * @returns with all else `readySeconds`: from its start until somebody can sign in and that is there
 */
export async function startInspected(
  children,
  folder,
  { name, clusters, catalog, untilThere },
) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const metricsPort = await freePort();
  const config = writeRunFile(
    folder,
    'app-config.yaml',
    portalConfig({ port, clusters, catalog, measured: true }),
  );
  const startedAt = Date.now();
  const child = `the ${name} portal`;
  const url = await startPortal(children, folder, {
    port,
    configs: [config],
    name: child,
    env: { ...process.env, AI_MESH_METRICS_PORT: String(metricsPort) },
    nodeArgs: ['--inspect=127.0.0.1:0'],
  });
  const session = await DemoSession.signIn(url, 'owner');
  await untilThere(session);
  const log = join(folder, 'portal.log');
  return {
    session,
    log,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    pid: children.pidOf(child),
    inspector: await Inspector.of(log),
    readySeconds: (Date.now() - startedAt) / 1000,
    readyCpuSeconds: cpuMs(children.pidOf(child)) / 1000,
  };
}
