import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, join } from 'node:path';
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
 *   of each counts the part whose modules the portal does not have without the plugin, however its scripts are cut then
 */
export async function scriptSizes(runFolder, loaded) {
  const withPlugin = sizesOf(built);
  const scripts = Object.fromEntries(
    Object.values(loaded)
      .flat()
      .map(name => [
        name,
        {
          kb: gzipKb(join(built, 'static', name)),
          modules: modulesOf(join(built, 'static', name)),
        },
      ]),
  );
  const kept = join(app, 'dist.with-plugin');
  rmSync(kept, { recursive: true, force: true });
  renameSync(built, kept);
  try {
    say('building the frontend without the plugin');
    await buildWithout(runFolder, '@ai-mesh/plugin-ai-mesh');
    const without = sizesOf(built);
    const others = new Set(
      scriptsOf(built).flatMap(script => Object.keys(modulesOf(script))),
    );
    const ofPlugin = names =>
      sum(
        names.map(name => {
          const { kb, modules } = scripts[name];
          const own = Object.keys(modules).filter(one => !others.has(one));
          const length = sum(Object.values(modules));
          return (kb * sum(own.map(one => modules[one]))) / length;
        }),
      );
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
  const kbOf = files => sum(files.map(gzipKb));
  return { initialKb: kbOf(initial), wholeKb: kbOf(scriptsOf(folder)) };
}

function scriptsOf(folder) {
  return readdirSync(join(folder, 'static'))
    .filter(name => name.endsWith('.js'))
    .map(name => join(folder, 'static', name));
}

/** How long each module of a script is, by its source map; one without is its own only module. */
function modulesOf(script) {
  const map = `${script}.map`;
  if (!existsSync(map)) {
    return { [basename(script)]: 1 };
  }
  const { sources, sourcesContent } = JSON.parse(readFileSync(map, 'utf8'));
  return Object.fromEntries(
    sources.map((source, index) => [source, sourcesContent[index].length]),
  );
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
