import { StoreChange } from './StoreChange';

/** The latest changes of one kind, for watches that start in the past. */
export class ChangeHistory {
  private changes: StoreChange[] = [];
  private forgottenUpTo = 0;

  constructor(private readonly limit: number) {}

  add(change: StoreChange): void {
    this.changes.push(change);
    // Cutting a whole block at a time keeps a write cheap.
    if (this.changes.length >= 2 * this.limit) {
      this.forget(this.changes[this.limit - 1].version);
    }
  }

  /** Drops everything up to a version; a watch from before it is answered with 410 Gone. */
  forget(version: number): void {
    this.changes = this.changes.filter(change => change.version > version);
    this.forgottenUpTo = Math.max(this.forgottenUpTo, version);
  }

  /** The changes after a version, oldest first, or `undefined` where they are no longer known. */
  since(version: number): StoreChange[] | undefined {
    if (version < this.forgottenUpTo) {
      return undefined;
    }
    return this.changes.filter(change => change.version > version);
  }
}
