import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Dependencies of one very version whose manifest does not say why, under `//` beside them; and what is said there of what is
 * no dependency any more. Each as `manifest: name`.
 */
export function unexplainedPins(root) {
  const manifests = [
    'package.json',
    ...['plugins', 'packages'].flatMap(parent =>
      readdirSync(join(root, parent)).map(name =>
        join(parent, name, 'package.json'),
      ),
    ),
  ];
  return manifests.flatMap(manifest => {
    const json = JSON.parse(readFileSync(join(root, manifest), 'utf8'));
    const versions = {
      ...json.dependencies,
      ...json.devDependencies,
      ...json.resolutions,
    };
    const reasons = json['//'] ?? {};
    return [
      ...Object.keys(versions).filter(
        name => /^\d/.test(versions[name]) && !reasons[name],
      ),
      ...Object.keys(reasons).filter(name => !versions[name]),
    ].map(name => `${manifest}: ${name}`);
  });
}
