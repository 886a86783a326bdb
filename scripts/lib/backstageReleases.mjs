import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './shell.mjs';

/**
 * The releases of Backstage that AI Mesh is tried in: the oldest that it supports, the one that it is built and tested with,
 * and the newest packages there are. Each is made by a version of `@backstage/create-app`.
 *
 * `create-app` takes the lockfile of the newest release for every portal, and without it the newest patch of one package
 * meets an older minor of another, so that the portal does not start. `pins` are the versions that belong together.
 */
const releases = {
  oldest: {
    release: '1.54',
    createApp: '0.9.1',
    // From v1/releases/1.54.0/manifest.json of the repository backstage/versions; of two plugins, whose own version not every
    // registry has, the patch after it.
    pins: () => readJson(join(root, 'scripts/lib/backstage-1.54.json')),
  },
  built: { release: '1.55', createApp: '0.9.2', pins: installedBackstage },
  // Where there is no `create-app` of their own yet, the template of the one before, which asks for the newest of each.
  newest: { release: 'newest packages', createApp: '0.9.2', pins: undefined },
};

/** Throws for a name that is none of `oldest`, `built` and `newest`. */
export function backstageRelease(name) {
  const release = releases[name];
  if (!release) {
    throw new Error(
      `no release ${name}: there are ${Object.keys(releases).join(', ')}`,
    );
  }
  return release;
}

/** The versions of Backstage's packages that this repository is installed with. */
function installedBackstage() {
  const folder = join(root, 'node_modules', '@backstage');
  return Object.fromEntries(
    readdirSync(folder).map(name => [
      `@backstage/${name}`,
      readJson(join(folder, name, 'package.json')).version,
    ]),
  );
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
