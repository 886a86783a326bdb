import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { demoHeaders } from './demoSession.mjs';
import { root, say } from './shell.mjs';
import { waitForUrl } from './waitForUrl.mjs';

/** One that cannot start ends by itself and is told at once, so that this is for slow machines alone. */
const PATIENCE_SECONDS = 600;

/**
 * Starts the backend, which serves the built frontend as well. Gives the portal's URL once it answers.
 *
 * @param options - `name`: one of its own for each of several; `seconds`: how long to wait for it; `nodeArgs`: of Node itself
 */
export async function startPortal(
  children,
  run,
  {
    port,
    configs,
    env = process.env,
    name = 'the portal',
    seconds = PATIENCE_SECONDS,
    nodeArgs = [],
  },
) {
  say(`starting ${name}`);
  const local = join(root, 'app-config.local.yaml');
  const all = [
    join(root, 'app-config.yaml'),
    ...configs,
    ...(existsSync(local) ? [local] : []),
  ];
  const log = join(run, 'portal.log');
  children.start(
    name,
    process.execPath,
    [
      ...nodeArgs,
      '--enable-source-maps',
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      'src/index.ts',
      ...all.flatMap(config => ['--config', config]),
    ],
    {
      cwd: join(root, 'packages/backend'),
      env: { ...env, NODE_ENV: 'development' },
      log,
    },
  );
  const url = `http://localhost:${port}`;
  const wait = { what: 'the portal', log, gaveUp: () => children.stopping };
  await waitForUrl(`${url}/.backstage/health/v1/readiness`, {
    ...wait,
    seconds,
  });
  // Nobody can sign in before the catalog has read its people.
  await waitForUrl(`${url}/api/auth/demo/refresh`, {
    ...wait,
    seconds,
    headers: demoHeaders('owner'),
  });
  return url;
}
