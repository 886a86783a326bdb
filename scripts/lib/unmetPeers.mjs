import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const read = file => JSON.parse(readFileSync(file, 'utf8'));

/**
 * What a dependency of a published package needs beside it, and the package neither brings nor asks for: a strict package manager
 * does not install it then. Each as `package: dependency needs peer`.
 */
export function unmetPeers(root) {
  return readdirSync(join(root, 'plugins')).flatMap(name => {
    const folder = join(root, 'plugins', name);
    const own = read(join(folder, 'package.json'));
    const provided = { ...own.dependencies, ...own.peerDependencies };
    return Object.keys(own.dependencies ?? {}).flatMap(dependency => {
      const { peerDependencies = {}, peerDependenciesMeta = {} } = installed(
        dependency,
        folder,
        root,
      );
      return Object.keys(peerDependencies)
        .filter(
          peer => !peerDependenciesMeta[peer]?.optional && !provided[peer],
        )
        .map(peer => `${own.name}: ${dependency} needs ${peer}`);
    });
  });
}

function installed(dependency, folder, root) {
  const manifest = [folder, root]
    .map(place => join(place, 'node_modules', dependency, 'package.json'))
    .find(existsSync);
  return read(manifest);
}
