import { mkdtempSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Children } from './children.mjs';
import { configurePortal } from './freshPortal.mjs';
import { askForCanary, lookAtPortal } from './lookAtPortal.mjs';
import { startPathProxy } from './pathProxy.mjs';
import { freePort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { startSandboxMesh } from './sandboxMesh.mjs';
import { run, say } from './shell.mjs';
import { waitForUrl } from './waitForUrl.mjs';
import { removeOptionalPlugins } from './withoutOptionalPlugins.mjs';

const PORTAL = 'the fresh portal';

/**
 * Starts an installed portal on the simulated mesh and looks at it in a browser: first where it may only read the cluster,
 * then, started again, where it may write.
 *
 * @param portal - what `freshPortal` gave; `bare` changes its source
 * @param way - `subPath` of its address, `postgres` in place of SQLite, `bare`: without permissions, notifications, signals
 * and search; `scorecards`: with Tech Insights and the Scorecard plugin
 * @returns a line for each thing that was seen
 */
export async function tryPortal(portal, steps, way, { pictures }) {
  const children = new Children();
  const logs = mkdtempSync(join(dirname(portal), 'logs-'));
  let postgres;
  let proxy;
  try {
    if (way.bare) {
      removeOptionalPlugins(portal);
    }
    const mesh = await startSandboxMesh(children, logs, {
      world: 'shop',
      sandboxPort: 0,
      prometheusPort: 0,
    });
    if (way.postgres) {
      postgres = await startPostgres();
      if (!postgres) {
        throw new Error('PostgreSQL has to be installed');
      }
    }
    const port = await freePort();
    proxy = way.subPath && (await startPathProxy({ path: way.subPath, port }));
    const url = `http://localhost:${proxy ? proxy.port : port}${way.subPath}`;
    const settings = {
      url,
      port,
      mesh,
      bare: way.bare,
      scorecards: way.scorecards,
      database: postgres && {
        client: 'pg',
        connection: postgres.env.AI_MESH_TEST_POSTGRES,
      },
    };
    const { config, env } = configurePortal(portal, steps, settings);
    const configs = [join(portal, 'app-config.yaml'), config].flatMap(file => [
      '--config',
      file,
    ]);
    await buildFrontend(portal, configs, env);
    const log = join(logs, 'portal.log');
    const start = () =>
      startBackend(children, portal, { configs, env, log, port });
    await start();
    const seen = await lookAtPortal(url, { pictures, ...way });
    await children.end(PORTAL);
    configurePortal(portal, steps, { ...settings, allowWrites: true });
    await start();
    seen.push(...(await askForCanary(url, { pictures })));
    const faults = faultsOfOurs(readFileSync(log, 'utf8'));
    if (faults.length > 0) {
      throw new Error(`the backend says: ${faults.join('; ')}`);
    }
    return [...seen, 'no error and no deprecation of AI Mesh in the backend'];
  } finally {
    await children.stop(0);
    await postgres?.stop();
    if (proxy) {
      proxy.stop();
    }
  }
}

/**
 * What the log of a portal has against AI Mesh: its errors, and deprecations that name it or come out of its code, as Node's
 * own do with the lines of their stack.
 */
export function faultsOfOurs(log) {
  return (
    log
      // Colours.
      .replace(/\u001b\[[0-9;]*m/g, '')
      .split(/\n(?!\s+at )/)
      .filter(entry => {
        const [line, ...stack] = entry.split('\n');
        const [caller = ''] = stack.filter(frame => !/\(?node:/.test(frame));
        return /deprecat/i.test(line)
          ? /ai-mesh/.test(line) || /@ai-mesh\//.test(caller)
          : /^\S+ ai-mesh error /.test(line);
      })
      .map(entry => entry.split('\n')[0])
  );
}

async function buildFrontend(portal, configs, env) {
  say("building the portal's frontend");
  const cli = join(portal, 'node_modules/@backstage/cli/bin/backstage-cli');
  await run(process.execPath, [cli, 'package', 'build', ...configs], {
    cwd: join(portal, 'packages/app'),
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function startBackend(children, portal, { configs, env, log, port }) {
  children.start(
    PORTAL,
    process.execPath,
    [
      '--trace-deprecation',
      '--require',
      join(portal, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      'src/index.ts',
      ...configs,
    ],
    {
      cwd: join(portal, 'packages/backend'),
      env: { ...process.env, ...env, NODE_ENV: 'development' },
      log,
    },
  );
  await waitForUrl(`http://localhost:${port}/.backstage/health/v1/readiness`, {
    what: PORTAL,
    log,
    seconds: 300,
    gaveUp: () => children.stopping,
  });
}
