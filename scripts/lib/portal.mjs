import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from './shell.mjs';
import { waitForUrl } from './waitForUrl.mjs';

/** Starts the backend, which serves the built frontend as well. Gives the portal's URL once it answers. */
export async function startPortal(
  children,
  run,
  { port, configs, env = process.env },
) {
  say('starting the portal');
  const local = join(root, 'app-config.local.yaml');
  const all = [
    join(root, 'app-config.yaml'),
    ...configs,
    ...(existsSync(local) ? [local] : []),
  ];
  const log = join(run, 'portal.log');
  children.start(
    'the portal',
    process.execPath,
    [
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
  await waitForUrl(`${url}/.backstage/health/v1/readiness`, {
    what: 'the portal',
    log,
    seconds: 120,
    gaveUp: () => children.stopping,
  });
  return url;
}
