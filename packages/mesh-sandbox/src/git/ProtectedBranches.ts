import { chmod, writeFile } from 'fs/promises';
import { join } from 'path';
import { MAIN } from './Repository';

/** The branches that nobody pushes to: the deployed one, and those of rulesets. */
export class ProtectedBranches {
  /** By the rulesets' ids: beginnings of full names. */
  readonly #rulesets = new Map<number, readonly string[]>();
  #lastId = 0;

  private constructor(private readonly hook: string) {}

  /** @param folder - of the bare repository, whose pushes are looked at */
  static async of(folder: string): Promise<ProtectedBranches> {
    const branches = new ProtectedBranches(join(folder, 'hooks/pre-receive'));
    await branches.#write();
    return branches;
  }

  has(ref: string): boolean {
    return (
      ref === `refs/heads/${MAIN}` ||
      [...this.#rulesets.values()]
        .flat()
        .some(beginning => ref.startsWith(beginning))
    );
  }

  /** @param beginnings - such as `refs/heads/release-`, of letters that mean nothing to a shell */
  async protect(beginnings: readonly string[]): Promise<number> {
    this.#lastId += 1;
    this.#rulesets.set(this.#lastId, beginnings);
    await this.#write();
    return this.#lastId;
  }

  /** @returns whether there was such a ruleset */
  async release(id: number): Promise<boolean> {
    const wasThere = this.#rulesets.delete(id);
    await this.#write();
    return wasThere;
  }

  async #write(): Promise<void> {
    const patterns = [
      `refs/heads/${MAIN}`,
      ...[...this.#rulesets.values()].flat().map(one => `${one}*`),
    ];
    await writeFile(
      this.hook,
      `#!/bin/sh
while read -r old new ref; do
  case "$ref" in ${patterns.join('|')})
    echo 'protected branch: open a pull request' >&2
    exit 1
  esac
done
`,
    );
    await chmod(this.hook, 0o755);
  }
}
