import type { FindingCounts } from '@ai-mesh/plugin-ai-mesh-common';
import type { Target } from '../target/Target';
import type { ReviewService } from './ReviewService';

const KEPT_MS = 60_000;

interface Kept {
  readonly at: number;
  readonly counts: Promise<FindingCounts>;
}

/**
 * How many findings an entity has, for screens that ask every few seconds: a review asks more than they need, and what
 * it finds does not change from one glance to the next.
 */
export class RecentFindings {
  readonly #review: Pick<ReviewService, 'review'>;
  readonly #kept = new Map<string, Kept>();

  constructor(review: Pick<ReviewService, 'review'>) {
    this.#review = review;
  }

  /** At most a minute old. Many who ask at once share one review. */
  async count(target: Target, now: Date): Promise<FindingCounts> {
    this.#forgetBefore(now.getTime() - KEPT_MS);
    const key = keyOf(target);
    const kept = this.#kept.get(key);
    if (kept) {
      return kept.counts;
    }
    const counts = this.#review
      .review(target, { now })
      .then(review => review.counts);
    this.#kept.set(key, { at: now.getTime(), counts });
    try {
      return await counts;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }

  #forgetBefore(time: number): void {
    // In the order in which they were made.
    for (const [key, { at }] of this.#kept) {
      if (at > time) {
        return;
      }
      this.#kept.delete(key);
    }
  }
}

/** Its annotations may have changed, and with them what the entity is. */
function keyOf({ entityRef, clusters }: Target): string {
  return JSON.stringify([
    entityRef,
    ...clusters.map(({ cluster, services }) => [cluster.name, services]),
  ]);
}
