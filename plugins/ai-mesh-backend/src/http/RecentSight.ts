import { AsyncLocalStorage } from 'node:async_hooks';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { LRUCache } from 'lru-cache';
import { steadyClock } from '../target/steadyClock';
import type { ReadableEntities } from './ReadableEntities';

/** As long as it takes to open a tab; a right that is taken away counts as long for what is read. */
const KEPT_MS = 5000;
const MOST_KEPT = 2000;

type Sight = Awaited<ReturnType<ReadableEntities['look']>>;

/** A question about what a reader may see, and its answer. */
export interface Look {
  entityRefs: readonly string[];
  sight: Sight;
}

const watchers = new AsyncLocalStorage<Look[]>();

interface Asked<T> {
  ask(): Promise<T>;
}

/**
 * What readers were just allowed to see: a tab asks for several views of one entity at once, and again with every poll,
 * and each would ask the catalog and the permission policy anew. Kept for each reader apart, by all that is known of who
 * it is; no refusal and no failure is kept.
 * For what is shown alone: whatever is done asks anew.
 */
export class RecentSight implements Pick<ReadableEntities, 'get' | 'look'> {
  readonly #readable: Pick<ReadableEntities, 'get' | 'look'>;
  readonly #entities = recent<Entity>();
  readonly #sights = recent<Sight>();

  constructor(readable: Pick<ReadableEntities, 'get' | 'look'>) {
    this.#readable = readable;
  }

  /** @throws NotFoundError, NotAllowedError as {@link ReadableEntities} */
  async get(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    return this.#entities.forceFetch(keyOf([entityRef], credentials), {
      context: { ask: () => this.#readable.get(entityRef, credentials) },
    });
  }

  async look(
    entityRefs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Sight> {
    const sight = await this.#sights.forceFetch(
      keyOf(entityRefs, credentials),
      { context: { ask: () => this.#readable.look(entityRefs, credentials) } },
    );
    watchers.getStore()?.push({ entityRefs, sight });
    return sight;
  }

  /** Does something for a reader, and says what was asked meanwhile, however deep below, of what that reader may see. */
  async watched<T>(
    work: () => Promise<T>,
  ): Promise<{ result: T; looks: readonly Look[] }> {
    const looks: Look[] = [];
    return { result: await watchers.run(looks, work), looks };
  }
}

function recent<T extends object>(): LRUCache<string, T, Asked<T>> {
  return new LRUCache<string, T, Asked<T>>({
    max: MOST_KEPT,
    ttl: KEPT_MS,
    // By another clock a right that was taken away would count for as long as that was set back.
    perf: steadyClock,
    fetchMethod: (_key, _stale, { context }) => context.ask(),
  });
}

/** The principal says who it is, on whose behalf, and what its access is restricted to. */
function keyOf(
  entityRefs: readonly string[],
  { principal }: BackstageCredentials,
): string {
  return JSON.stringify([principal, ...entityRefs]);
}
