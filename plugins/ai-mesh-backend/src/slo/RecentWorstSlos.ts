import type { Measured, WorstSlo } from '@ai-mesh/plugin-ai-mesh-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import type { SloContext, SloService } from './SloService';

const KEEP_MS = 60_000;
const MOST_ENTITIES = 1000;

/** The worst objective of entities, at most a minute old: an overview is asked for far more often than a budget changes. */
export class RecentWorstSlos {
  readonly #service: Pick<SloService, 'worst'>;
  readonly #kept = new LRUCache<string, Promise<Measured<WorstSlo>>>({
    max: MOST_ENTITIES,
    ttl: KEEP_MS,
  });

  readonly #known = new LRUCache<string, Measured<WorstSlo>>({
    max: MOST_ENTITIES,
    ttl: 2 * KEEP_MS,
  });

  constructor(service: Pick<SloService, 'worst'>) {
    this.#service = service;
  }

  /**
   * As {@link of}, for whoever would not wait: what is known by now, at most two minutes old. What is not is asked for
   * behind the back of whoever asks.
   */
  known(
    context: SloContext & { credentials: BackstageCredentials },
  ): WorstSlo | undefined {
    // What is wrong with it the SLO screen says, which asks for itself.
    this.of(context).catch(() => undefined);
    const known = this.#known.get(keyOf(context));
    return known?.status === 'known' ? known.value : undefined;
  }

  async of({
    credentials,
    ...context
  }: SloContext & { credentials: BackstageCredentials }): Promise<
    Measured<WorstSlo>
  > {
    const key = keyOf(context);
    const present = this.#kept.get(key);
    if (present) {
      return present;
    }
    const asking = this.#service.worst(context, credentials);
    this.#kept.set(key, asking);
    try {
      const answer = await asking;
      this.#known.set(key, answer);
      if (answer.status === 'unknown') {
        // A minute is long for who has just mended something.
        this.#kept.delete(key);
      }
      return answer;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }
}

/** Annotations decide what is measured, so a changed entity is another question. */
function keyOf({ target, entity }: SloContext): string {
  const { entityRef, resolution } = target;
  return JSON.stringify([entityRef, resolution, entity.metadata.annotations]);
}
