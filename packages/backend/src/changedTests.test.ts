import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { inNode } from './__testUtils__/inNode';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ai-mesh-changed-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args],
    { cwd: folder, stdio: 'pipe' },
  );

/** A repository with one commit on a branch, and a change beside a test. */
function changedOn(branch: string) {
  git('init', '--quiet', '--initial-branch', branch);
  const source = join(folder, 'plugins/a/src/core/inner');
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, 'x.ts'), '1');
  writeFileSync(join(source, 'x.test.ts'), '1');
  git('add', '.');
  git('commit', '--quiet', '--message', 'first');
  writeFileSync(join(source, 'x.ts'), '2');
  return join(source, 'x.test.ts');
}

const beside = () =>
  inNode<string[]>(
    'changedTests',
    `script.testsBesideChanges(${JSON.stringify(folder)})`,
  );

describe('the tests beside what changed', () => {
  it('are told by the branch main', () => {
    const test = changedOn('main');
    expect(beside()).toEqual([test]);
  });

  it('are not those of what others have changed there since', () => {
    const test = changedOn('main');
    const theirs = join(folder, 'plugins/b/src/core/inner');
    mkdirSync(theirs, { recursive: true });
    writeFileSync(join(theirs, 'y.ts'), '1');
    writeFileSync(join(theirs, 'y.test.ts'), '1');
    git('add', 'plugins/b');
    git('commit', '--quiet', '--message', 'another package');
    git('checkout', '--quiet', '-b', 'work');
    git('commit', '--quiet', '--all', '--message', 'own');
    git('checkout', '--quiet', 'main');
    writeFileSync(join(theirs, 'y.ts'), '2');
    git('commit', '--quiet', '--all', '--message', 'theirs');
    git('checkout', '--quiet', 'work');
    expect(beside()).toEqual([test]);
  });

  it('are not said to be none where nothing is in common', () => {
    changedOn('main');
    git('checkout', '--quiet', '--force', '--orphan', 'work');
    git('commit', '--quiet', '--message', 'another first');
    expect(beside).toThrow('no commit in common with main');
  });

  it('are told by that of origin where a clone has no own one', () => {
    const test = changedOn('work');
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    expect(beside()).toEqual([test]);
  });

  it('are not said to be none where there is nothing to compare with', () => {
    changedOn('work');
    expect(beside).toThrow('neither a branch main nor origin/main');
  });
});
