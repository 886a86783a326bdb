import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Children } from './children.mjs';
import { configurePortal } from './freshPortal.mjs';
import { lookAtPortal } from './lookAtPortal.mjs';
import { startPathProxy } from './pathProxy.mjs';
import { freePort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { startSandboxMesh } from './sandboxMesh.mjs';
import { run, say } from './shell.mjs';
import { waitForUrl } from './waitForUrl.mjs';
import { removeOptionalPlugins } from './withoutOptionalPlugins.mjs';

/**
 * Starts an installed portal on the simulated mesh and looks at it in a browser.
 *
 * @param portal - what `freshPortal` gave; `bare` changes its source
 * @param way - `subPath` of its address, `postgres` in place of SQLite, `bare`: without permissions, notifications, signals
 * and search
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
    const { config, env } = configurePortal(portal, steps, {
      url,
      port,
      mesh,
      bare: way.bare,
      database: postgres && {
        client: 'pg',
        connection: postgres.env.AI_MESH_TEST_POSTGRES,
      },
    });
    const configs = [join(portal, 'app-config.yaml'), config].flatMap(file => [
      '--config',
      file,
    ]);
    await buildFrontend(portal, configs, env);
    const log = join(logs, 'portal.log');
    startBackend(children, portal, { configs, env, log });
    await waitForUrl(
      `http://localhost:${port}/.backstage/health/v1/readiness`,
      {
        what: 'the fresh portal',
        log,
        seconds: 300,
        gaveUp: () => children.stopping,
      },
    );
    mkdirSync(pictures, { recursive: true });
    const seen = await lookAtPortal(url, { pictures });
    const deprecated = linesOfOurs(log);
    if (deprecated.length > 0) {
      throw new Error(`the backend warns: ${deprecated.join('; ')}`);
    }
    return [...seen, "no deprecation of AI Mesh's in the backend's log"];
  } finally {
    await children.stop(0);
    await postgres?.stop();
    if (proxy) {
      proxy.stop();
    }
  }
}

/** Deprecations that the portal said of AI Mesh. */
function linesOfOurs(log) {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter(line => /deprecat/i.test(line) && /ai-mesh/.test(line));
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

function startBackend(children, portal, { configs, env, log }) {
  children.start(
    'the fresh portal',
    process.execPath,
    [
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
}
