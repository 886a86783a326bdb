import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root, run, say } from './shell.mjs';
import { writeRunFile } from './runFolder.mjs';

const app = join(root, 'packages', 'app');
const built = join(app, 'dist');

/** KB (1,000 bytes) of a file as it is sent, compressed by gzip. */
const gzipKb = file => gzipSync(readFileSync(file), { level: 9 }).length / 1000;

/**
 * KB, compressed by gzip, of the scripts that the plugin adds to the demo's portal with all that it alone brings in: the
 * portal is built a second time without it. `initial` is loaded before anything is shown, `whole` is every script.
 *
 * @param loaded - names of the scripts that an entity's page with the `card` was seen to load, and the tab's `firstScreen`;
 *   those are left out that the portal has without the plugin too
 */
export async function scriptSizes(runFolder, loaded) {
  const withPlugin = sizesOf(built);
  const kbOf = Object.fromEntries(
    Object.values(loaded)
      .flat()
      .map(name => [name, gzipKb(join(built, 'static', name))]),
  );
  const kept = join(app, 'dist.with-plugin');
  rmSync(kept, { recursive: true, force: true });
  renameSync(built, kept);
  try {
    say('building the frontend without the plugin');
    await buildWithout(runFolder, '@ai-mesh/plugin-ai-mesh');
    const without = sizesOf(built);
    const ofPlugin = names =>
      names
        .filter(name => !existsSync(join(built, 'static', name)))
        .reduce((sum, name) => sum + kbOf[name], 0);
    return {
      cardKb: ofPlugin(loaded.card),
      firstScreenKb: ofPlugin(loaded.firstScreen),
      initialKb: withPlugin.initialKb - without.initialKb,
      wholeKb: withPlugin.wholeKb - without.wholeKb,
      portalInitialKb: without.initialKb,
      portalWholeKb: without.wholeKb,
    };
  } finally {
    rmSync(built, { recursive: true, force: true });
    renameSync(kept, built);
  }
}

async function buildWithout(runFolder, plugin) {
  const settings = writeRunFile(
    runFolder,
    'without-plugin.yaml',
    JSON.stringify({ app: { packages: { exclude: [plugin] } } }),
  );
  await run(
    process.execPath,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'build',
      ...[join(root, 'app-config.yaml'), settings].flatMap(file => [
        '--config',
        file,
      ]),
    ],
    {
      cwd: app,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}

function sizesOf(folder) {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const initial = [...page.matchAll(/<script[^>]* src="([^"]+\.js)"/g)].map(
    ([, path]) => join(folder, path),
  );
  const whole = readdirSync(join(folder, 'static'))
    .filter(name => name.endsWith('.js'))
    .map(name => join(folder, 'static', name));
  const sum = files => files.reduce((total, file) => total + gzipKb(file), 0);
  return { initialKb: sum(initial), wholeKb: sum(whole) };
}
