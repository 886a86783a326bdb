// Installs the packed packages into a fresh portal by what their READMEs say, starts it on the simulated mesh, and looks at
// it in a browser: npm run try-install -- [--legacy] [--sub-path /portal] [--postgres] [--keep]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Children } from './lib/children.mjs';
import { configurePortal, freshPortal } from './lib/freshPortal.mjs';
import { lookAtPortal } from './lib/lookAtPortal.mjs';
import { packPackages } from './lib/packedPackages.mjs';
import { freePort } from './lib/ports.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { readmeSteps } from './lib/readmeSteps.mjs';
import { startSandboxMesh } from './lib/sandboxMesh.mjs';
import { root, run, say } from './lib/shell.mjs';
import { waitForUrl } from './lib/waitForUrl.mjs';

const { values: options } = parseArgs({
  options: {
    legacy: { type: 'boolean' },
    'sub-path': { type: 'string', default: '' },
    postgres: { type: 'boolean' },
    keep: { type: 'boolean' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'ai-mesh-try-'));
const children = new Children();
let postgres;
try {
  await packPackages(join(folder, 'ai-mesh', 'packed'));
  const steps = readmeSteps(
    ['ai-mesh', 'ai-mesh-backend'].map(name =>
      join(root, 'plugins', name, 'README.md'),
    ),
  );
  const portal = await freshPortal(folder, steps, options);
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  const mesh = await startSandboxMesh(children, logs, {
    world: 'shop',
    sandboxPort: 0,
    prometheusPort: 0,
  });
  if (options.postgres) {
    postgres = await startPostgres();
    if (!postgres) {
      throw new Error('--postgres needs PostgreSQL to be installed');
    }
  }
  const port = await freePort();
  const url = `http://localhost:${port}${options['sub-path']}`;
  const { config, env } = configurePortal(portal, steps, {
    url,
    port,
    mesh,
    database: postgres && {
      client: 'pg',
      connection: postgres.env.AI_MESH_TEST_POSTGRES,
    },
  });
  const configs = ['app-config.yaml', config].flatMap(one => [
    '--config',
    join(portal, one.replace(`${portal}/`, '')),
  ]);
  say("building the portal's frontend");
  const cli = join(portal, 'node_modules/@backstage/cli/bin/backstage-cli');
  await run(process.execPath, [cli, 'package', 'build', ...configs], {
    cwd: join(portal, 'packages/app'),
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const log = join(logs, 'portal.log');
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
  await waitForUrl(`http://localhost:${port}/.backstage/health/v1/readiness`, {
    what: 'the fresh portal',
    log,
    seconds: 300,
    gaveUp: () => children.stopping,
  });
  const seen = await lookAtPortal(url, {
    pictures: join(root, 'test-results', 'try-install'),
    log,
  });
  seen.forEach(line => say(`seen: ${line}`));
  process.exitCode = 0;
} catch (error) {
  say(error.message);
  process.exitCode = 1;
} finally {
  await children.stop(0);
  await postgres?.stop();
  if (options.keep) {
    say(`kept in ${folder}`);
  } else {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit();
