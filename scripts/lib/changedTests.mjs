import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { output } from './shell.mjs';

/**
 * The unit tests in the folders of files that differ from the branch `main`, committed or not, and in the folders around these
 * below `src`, whose tests often go through them; full paths.
 */
export function testsBesideChanges(root) {
  const names = [
    output('git', ['diff', '--name-only', 'main'], { cwd: root }),
    output('git', ['ls-files', '--others', '--exclude-standard'], {
      cwd: root,
    }),
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
