import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';

const read = file => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Ranges of the published packages that leave out the version of `pins` (name -> version), as the oldest Backstage that is
 * supported has it: a portal of that release would get a second copy beside its own. Each as `package: dependency range
 * excludes version`. What packages are only developed with is of no portal.
 */
export function excludedVersions(root, pins) {
  return readdirSync(join(root, 'plugins')).flatMap(name =>
    excludedBy(read(join(root, 'plugins', name, 'package.json')), pins),
  );
}

/** The same of one manifest. */
export function excludedBy(manifest, pins) {
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  return [dependencies, peerDependencies, optionalDependencies]
    .flatMap(ranges => Object.entries(ranges ?? {}))
    .filter(([name, range]) => pins[name] && !holds(range, pins[name]))
    .map(
      ([name, range]) =>
        `${manifest.name}: ${name} ${range} excludes ${pins[name]}`,
    );
}

/** A workspace's own packages go with it. */
function holds(range, version) {
  return range.startsWith('workspace:') || semver.satisfies(version, range);
}
