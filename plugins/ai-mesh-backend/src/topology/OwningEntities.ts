import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type {
  Ownership,
  Readers,
  ServiceOwnerships,
} from '../target/ownership';
import type { EntityIndex } from './EntityIndex';

/**
 * Names the entities that provably own Services, as far as a reader may see them in the catalog. What an entity says of
 * itself counts with `claims: any` alone, and only where nothing proves more.
 */
export class OwningEntities {
  readonly #ownerships: Pick<ServiceOwnerships, 'of' | 'settings'>;
  readonly #readers: Readers;

  constructor(options: {
    ownerships: Pick<ServiceOwnerships, 'of' | 'settings'>;
    readers: Readers;
  }) {
    this.#ownerships = options.ownerships;
    this.#readers = options.readers;
  }

  /** The catalog as one reader may see it. */
  forReader(credentials: BackstageCredentials): EntityIndex {
    return {
      findMany: async services => {
        const owning = (await this.#ownerships.of(services)).map(one =>
          this.#owning(one),
        );
        const { seen } = await this.#readers.look(
          [...new Set(owning.flat())],
          credentials,
        );
        return owning.map(refs => refs.find(ref => seen.has(ref)));
      },
    };
  }

  /** Those that also claim it first, then Components. */
  #owning({ rule, owners, claims }: Ownership): string[] {
    const rank = (ref: string) =>
      (claims.includes(ref) ? 0 : 2) +
      (parseEntityRef(ref).kind.toLowerCase() === 'component' ? 0 : 1);
    const counting =
      rule === undefined && this.#ownerships.settings.claims === 'any'
        ? claims
        : owners;
    return [...counting].sort(
      (a, b) => rank(a) - rank(b) || a.localeCompare(b),
    );
  }
}
