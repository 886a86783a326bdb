import { LRUCache } from 'lru-cache';
import { groupBy } from '../kubernetes/groupBy';
import { steadyClock } from '../target/steadyClock';
import type { KialiValidation, KialiValidations } from './KialiClient';

/** All checks of a mesh, by namespace, as they were at one moment. */
interface Kept {
  observedAt: Date;
  /** By {@link steadyClock}. */
  readAt: number;
  byNamespace: ReadonlyMap<string, readonly KialiValidation[]>;
}

const KEY = 'mesh';

/**
 * Kiali tells its checks of the whole mesh or none: megabytes in a large one, for the few objects that a view is about.
 * They change when somebody edits an object and Kiali has looked again (it does once a minute), so one answer serves
 * all views for a while and is renewed behind their backs. A renewal that fails ends it: who asks next hears why.
 */
export class ValidationsCache {
  readonly #cache: LRUCache<typeof KEY, Kept>;
  readonly #usableMs: number;

  /**
   * @param ask - asks Kiali for the checks of every namespace
   * @param times - `freshMs`: how long an answer is not asked for again; `usableMs`: how old one may be shown while a
   *   newer one is on its way
   */
  constructor(
    ask: () => Promise<KialiValidation[]>,
    { freshMs, usableMs }: { freshMs: number; usableMs: number },
  ) {
    this.#usableMs = usableMs;
    this.#cache = new LRUCache({
      max: 1,
      ttl: freshMs,
      // One clock for both ages.
      perf: steadyClock,
      fetchMethod: async () => {
        const [observedAt, readAt] = [new Date(), steadyClock.now()];
        const byNamespace = groupBy(await ask(), namespaceOf);
        return { observedAt, readAt, byNamespace };
      },
    });
  }

  /** @throws what `ask` throws, where there is nothing usable */
  async of(namespaces: readonly string[]): Promise<KialiValidations> {
    const old = this.#cache.peek(KEY, { allowStale: true });
    const usable =
      old !== undefined && steadyClock.now() - old.readAt < this.#usableMs;
    const { observedAt, byNamespace } = await this.#cache.forceFetch(KEY, {
      allowStale: usable,
    });
    return {
      observedAt,
      validations: namespaces.flatMap(name => byNamespace.get(name) ?? []),
    };
  }
}

function namespaceOf({ namespace }: KialiValidation): string[] {
  return [namespace];
}
