import { cp, mkdir, mkdtemp, rm } from 'fs/promises';
import { randomUUID } from 'crypto';
import { tmpdir } from 'os';
import { basename, join } from 'path';
import { GitFailure, runGit } from './runGit';

/** A file of a tree as one asks for it: with `sha` null it is removed. */
export interface TreeEntry {
  path: string;
  mode: string;
  sha: string | null;
}

/** The branch that is deployed. */
export const MAIN = 'main';

/** A bare Git repository in a temporary folder. */
export class Repository {
  private constructor(private readonly root: string) {}

  /** One whose first commit holds files of some folders, each below its folder's name. */
  static async of(
    folders: readonly string[],
    isKept: (file: string) => boolean,
  ): Promise<Repository> {
    const root = await mkdtemp(join(tmpdir(), 'mesh-sandbox-git-'));
    const repository = new Repository(root);
    const work = join(root, 'work');
    await mkdir(repository.folder, { recursive: true });
    for (const folder of folders) {
      await cp(folder, join(work, basename(folder)), {
        recursive: true,
        filter: file => file === folder || isKept(basename(file)),
      });
    }
    await runGit(['init', '--quiet', '--bare', `--initial-branch=${MAIN}`], {
      cwd: repository.folder,
    });
    const inWork = { cwd: work, env: { GIT_DIR: repository.folder } };
    const env = { ...inWork.env, GIT_WORK_TREE: work };
    await runGit(['add', '--all'], { cwd: work, env });
    await runGit(['commit', '--quiet', '-m', 'Deploy the mesh'], {
      cwd: work,
      env,
    });
    await rm(work, { recursive: true });
    return repository;
  }

  /** The bare repository itself. */
  get folder(): string {
    return join(this.root, 'repository.git');
  }

  /** @returns the commit of a branch, tag or id; undefined where there is none */
  async commitOf(revision: string): Promise<string | undefined> {
    try {
      return await this.#text([
        'rev-parse',
        '--verify',
        '--quiet',
        '--end-of-options',
        `${revision}^{commit}`,
      ]);
    } catch (error) {
      if (error instanceof GitFailure) {
        return undefined;
      }
      throw error;
    }
  }

  async treeOf(commit: string): Promise<string> {
    return await this.#text(['rev-parse', `${commit}^{tree}`]);
  }

  async writeBlob(content: Buffer): Promise<string> {
    return await this.#text(['hash-object', '-w', '--stdin'], content);
  }

  /** A tree like another, but for some files. */
  async writeTree(
    base: string | undefined,
    entries: readonly TreeEntry[],
  ): Promise<string> {
    const index = join(this.root, `index-${randomUUID()}`);
    const env = { GIT_INDEX_FILE: index };
    const cwd = this.folder;
    try {
      await runGit(base ? ['read-tree', base] : ['read-tree', '--empty'], {
        cwd,
        env,
      });
      await runGit(['update-index', '-z', '--index-info'], {
        cwd,
        env,
        input: entries
          .map(({ path, mode, sha }) =>
            sha === null
              ? `0 ${'0'.repeat(40)}\t${path}\0`
              : `${mode} ${sha}\t${path}\0`,
          )
          .join(''),
      });
      return (await runGit(['write-tree'], { cwd, env })).toString().trim();
    } finally {
      await rm(index, { force: true });
    }
  }

  async writeCommit(
    tree: string,
    parents: readonly string[],
    message: string,
    author?: string,
  ): Promise<string> {
    return await this.#text(
      ['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent])],
      message,
      author === undefined ? {} : { GIT_AUTHOR_NAME: author },
    );
  }

  async authorOf(commit: string): Promise<string> {
    return await this.#text(['show', '--no-patch', '--format=%an', commit]);
  }

  /** @param before - the commit that the branch is moved from; `''`: it is new */
  async moveBranch(branch: string, to: string, before?: string): Promise<void> {
    await this.#text([
      'update-ref',
      `refs/heads/${branch}`,
      to,
      ...(before === undefined ? [] : [before || '0'.repeat(40)]),
    ]);
  }

  async isBranchName(name: string): Promise<boolean> {
    return await this.#text(['check-ref-format', '--branch', name]).then(
      () => true,
      (error: unknown) => {
        if (error instanceof GitFailure) {
          return false;
        }
        throw error;
      },
    );
  }

  /** The tree of two commits merged; undefined where they conflict. */
  async mergedTree(ours: string, theirs: string): Promise<string | undefined> {
    try {
      return await this.#text(['merge-tree', '--write-tree', ours, theirs]);
    } catch (error) {
      if (error instanceof GitFailure && error.code === 1) {
        return undefined;
      }
      throw error;
    }
  }

  async contains(commit: string, ancestor: string): Promise<boolean> {
    return await this.#text(['merge-base', '--is-ancestor', ancestor, commit])
      .then(() => true)
      .catch((error: unknown) => {
        if (error instanceof GitFailure && error.code === 1) {
          return false;
        }
        throw error;
      });
  }

  /** What a branch changes since it left another. */
  async diff(base: string, head: string): Promise<string> {
    return (
      await runGit(['diff', '--no-color', `${base}...${head}`], {
        cwd: this.folder,
      })
    ).toString();
  }

  /** The files of a commit, by their paths. */
  async files(commit: string): Promise<Map<string, string>> {
    const names = await this.#text([
      'ls-tree',
      '-r',
      '-z',
      '--name-only',
      commit,
    ]);
    const files = new Map<string, string>();
    for (const name of names.split('\0').filter(Boolean)) {
      const content = await this.read(commit, name);
      files.set(name, content!.toString());
    }
    return files;
  }

  async read(commit: string, path: string): Promise<Buffer | undefined> {
    try {
      return await runGit(['cat-file', 'blob', `${commit}:${path}`], {
        cwd: this.folder,
      });
    } catch (error) {
      if (error instanceof GitFailure) {
        return undefined;
      }
      throw error;
    }
  }

  /** A commit as a gzipped tar, in a folder of its own. */
  async archive(commit: string, prefix: string): Promise<Buffer> {
    return await runGit(
      ['archive', '--format=tar.gz', `--prefix=${prefix}/`, commit],
      { cwd: this.folder },
    );
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  async #text(
    args: readonly string[],
    input?: string | Buffer,
    env?: Record<string, string>,
  ): Promise<string> {
    const options = { cwd: this.folder, input, env };
    return (await runGit(args, options)).toString().trim();
  }
}
