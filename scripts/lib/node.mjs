import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { output, root, run, say } from './shell.mjs';

/** The line that is fetched where the machine's own Node will not do. */
const FETCHED_MAJOR = '24';

/** Backstage runs on Node 22 and 24; requiring ES modules, which the Kubernetes client is, came with 22.12. */
export function isSupported(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major === 24 || (major === 22 && minor >= 12);
}

/** The path of a Node that Backstage supports: the one that runs us, or one from the npm registry, kept in `.tools`. */
export async function ensureNode() {
  if (isSupported(process.version)) {
    return process.execPath;
  }
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const prefix = join(root, '.tools');
  const node = join(
    prefix,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const present = existsSync(node) && output(node, ['--version']);
  if (!present || !isSupported(present)) {
    say(
      `Node ${process.version} is not one that Backstage supports; fetching Node ${FETCHED_MAJOR} (about 50 MB) from the npm registry into .tools`,
    );
    mkdirSync(prefix, { recursive: true });
    await run('npm', [
      'install',
      '--prefix',
      prefix,
      '--no-save',
      '--no-package-lock',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `${name}@${FETCHED_MAJOR}`,
    ]);
  }
  return node;
}

/** The environment in which everything runs: that Node first on PATH, and its own headers for whatever compiles. */
export function nodeEnvironment(node) {
  const folder = dirname(node);
  return {
    ...process.env,
    PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`,
    npm_config_nodedir: dirname(folder),
  };
}
