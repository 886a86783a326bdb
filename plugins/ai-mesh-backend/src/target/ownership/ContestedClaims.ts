import type { ClaimedTargets } from './ClaimedTargets';
import { isContested, type Ownership } from './Ownership';

/** The Services that more entities claim than own them, in every cluster: for the platform's engineers. */
export class ContestedClaims {
  readonly #targets: Pick<ClaimedTargets, 'list'>;

  constructor(targets: Pick<ClaimedTargets, 'list'>) {
    this.#targets = targets;
  }

  /**
   * By cluster, namespace and name.
   *
   * @throws when the catalog does not answer
   */
  async list(): Promise<readonly Ownership[]> {
    const ownerships = new Map<string, Ownership>();
    for (const { services } of await this.#targets.list()) {
      for (const { ref, ownership, presumed } of services) {
        if (!presumed && isContested(ownership)) {
          ownerships.set(
            `${ref.cluster}/${ref.namespace}/${ref.name}`,
            ownership,
          );
        }
      }
    }
    return [...ownerships]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([, ownership]) => ownership);
  }
}
