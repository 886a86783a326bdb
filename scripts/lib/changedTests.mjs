import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { output } from './shell.mjs';

/**
 * The unit tests in the folders of files that differ from the branch `main`, committed or not, and in the folders around these
 * below `src`, whose tests often go through them; full paths.
 */
export function testsBesideChanges(root) {
  const git = (...args) => output('git', args, { cwd: root });
  const base = baseOf(root);
  // What others have done on it since is not changed here.
  const changed = git('diff', '--name-only', '--merge-base', base);
  if (changed === undefined) {
    throw new Error(
      `What is checked out has no commit in common with ${base} to tell what changed by: git fetch --unshallow`,
    );
  }
  const names = [
    changed,
    git('ls-files', '--others', '--exclude-standard'),
  ].flatMap(text => (text ? text.split('\n') : []));
  const folders = new Set(
    names
      .filter(name => /^(plugins|packages)\/.*\.tsx?$/.test(name))
      .map(name => join(root, dirname(name)))
      .flatMap(folder =>
        basename(dirname(folder)) === 'src'
          ? [folder]
          : [folder, dirname(folder)],
      )
      .filter(folder => !folder.includes('e2e-tests') && existsSync(folder)),
  );
  return [...folders].flatMap(folder =>
    readdirSync(folder)
      .filter(name => /\.test\.tsx?$/.test(name))
      .map(name => join(folder, name)),
  );
}

/**
 * What a change is held against: the branch `main`, or that of `origin` where a clone has no own one. Throws where there is
 * neither, since nothing would be held against anything then.
 */
export function baseOf(root) {
  const base = ['main', 'origin/main'].find(
    name =>
      output('git', ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], {
        cwd: root,
      }) !== undefined,
  );
  if (!base) {
    throw new Error(
      'There is neither a branch main nor origin/main to tell what changed: git fetch origin main:main',
    );
  }
  return base;
}
