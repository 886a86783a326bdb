import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every package that some workspaces bring along at run time, each version once, as it is installed; by name. */
export function componentsOf(root, workspaces) {
  const found = new Map();
  const visited = new Set();
  const own = new Set(
    workspaces.map(path => manifestAt(join(root, path)).name),
  );
  const visit = folder => {
    if (visited.has(folder)) {
      return;
    }
    visited.add(folder);
    const manifest = manifestAt(folder);
    if (!own.has(manifest.name)) {
      const purl = `pkg:npm/${manifest.name.replace('@', '%40')}@${manifest.version}`;
      found.set(purl, {
        name: manifest.name,
        version: manifest.version,
        licence: licenceOf(manifest),
        purl,
      });
    }
    for (const name of Object.keys({
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
    })) {
      const next = locate(name, folder, root);
      // One for another platform is not installed here.
      if (next) {
        visit(next);
      } else if (!manifest.optionalDependencies?.[name]) {
        throw new Error(
          `${name}, which ${manifest.name} needs, is not installed`,
        );
      }
    }
  };
  workspaces.forEach(path => visit(join(root, path)));
  return [...found.values()].sort((a, b) => a.purl.localeCompare(b.purl));
}

function manifestAt(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** As Node looks for it: beside whoever needs it, then further up. */
function locate(name, from, root) {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) {
      return candidate;
    }
  }
  return undefined;
}

function licenceOf({ license, licenses }) {
  const named = license ?? licenses;
  if (Array.isArray(named)) {
    return named.map(one => one.type ?? one).join(' OR ');
  }
  return named?.type ?? named ?? 'not declared';
}
