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

  constructor(service: Pick<SloService, 'worst'>) {
    this.#service = service;
  }

  async of({
    credentials,
    ...context
  }: SloContext & { credentials: BackstageCredentials }): Promise<
    Measured<WorstSlo>
  > {
    // Annotations decide what is measured, so a changed entity is another question.
    const { entityRef, resolution } = context.target;
    const key = JSON.stringify([
      entityRef,
      resolution,
      context.entity.metadata.annotations,
    ]);
    const present = this.#kept.get(key);
    if (present) {
      return present;
    }
    const asking = this.#service.worst(context, credentials);
    this.#kept.set(key, asking);
    try {
      const answer = await asking;
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
