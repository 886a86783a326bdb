/**
 * A Kiali version, as far as it decides how to ask. `v2.31.0-SNAPSHOT` and the like count as their release; a version
 * that cannot be read counts as the newest, because what is old is known and what is new is not.
 */
export class KialiVersion {
  readonly #major: number;
  readonly #minor: number;

  constructor(readonly text: string) {
    const match = /^v?(\d+)\.(\d+)/.exec(text);
    this.#major = match ? Number(match[1]) : Infinity;
    this.#minor = match ? Number(match[2]) : 0;
  }

  /** Whether it is this version or a later one. */
  atLeast(major: number, minor: number): boolean {
    return (
      this.#major > major || (this.#major === major && this.#minor >= minor)
    );
  }
}
