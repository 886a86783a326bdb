import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run, say } from './shell.mjs';

const stamp = join(root, 'packages', 'app', 'dist', '.built-from');
const inputs = [
  'docs',
  'packages/app/src',
  'packages/app/public',
  'plugins/ai-mesh/src',
  'plugins/ai-mesh-common/src',
];

/** Builds the portal's frontend, when its sources have changed since it was built. */
export async function ensureApp(env = process.env) {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  say("building the portal's frontend (about half a minute)");
  await run(
    process.execPath,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'build',
    ],
    // Hundreds of lines of file sizes are of no interest; errors are.
    {
      cwd: join(root, 'packages/app'),
      // Jest's `test` would have it look for browsers of a kind that no list names.
      env: { ...env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

function fingerprint() {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(root, 'yarn.lock')));
  hash.update(readFileSync(join(root, 'app-config.yaml')));
  for (const input of inputs) {
    for (const entry of readdirSync(join(root, input), {
      recursive: true,
      withFileTypes: true,
    })) {
      if (entry.isFile() && !entry.name.includes('.test.')) {
        const file = join(entry.parentPath ?? entry.path, entry.name);
        hash.update(file.slice(root.length));
        hash.update(readFileSync(file));
      }
    }
  }
  return hash.digest('hex');
}
