import { wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import { LRUCache } from 'lru-cache';

/** How much may be asked in a minute, and at a time. */
export interface Limit {
  perMinute: number;
  open: number;
}

/** Whoever has not asked for so long begins anew; more than so many askers at once are not told apart by memory. */
const FORGET_MS = 120_000;
const MOST_KEYS = 20_000;

/** What one asker has left. */
interface Bucket {
  tokens: number;
  at: number;
  open: number;
}

/** A place that was taken; it is given back when the answer is out. */
export type Admission =
  | { admitted: true; release(): void }
  | { admitted: false; retryAfterSeconds: number; limit: Words };

/**
 * Counts what is asked: a token bucket that a minute fills, and how many requests are open. Of this replica alone: what
 * is protected is its memory and its event loop.
 */
export class RequestLimits {
  readonly #buckets = new LRUCache<string, Bucket>({
    max: MOST_KEYS,
    ttl: FORGET_MS,
    updateAgeOnGet: true,
  });
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many askers are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Takes one place of each, or none at all. */
  admit(keys: readonly { key: string; limit: Limit }[]): Admission {
    const buckets = keys.map(({ key, limit }) => this.#bucket(key, limit));
    for (const [index, { limit }] of keys.entries()) {
      const { tokens, open } = buckets[index];
      if (open >= limit.open) {
        return {
          admitted: false,
          retryAfterSeconds: 1,
          limit: wording('limit.open', { count: limit.open }),
        };
      }
      if (tokens < 1) {
        return {
          admitted: false,
          retryAfterSeconds: Math.ceil(((1 - tokens) * 60) / limit.perMinute),
          limit: wording('limit.perMinute', { count: limit.perMinute }),
        };
      }
    }
    for (const bucket of buckets) {
      bucket.tokens -= 1;
      bucket.open += 1;
    }
    let released = false;
    return {
      admitted: true,
      release: () => {
        if (!released) {
          released = true;
          buckets.forEach(bucket => {
            bucket.open -= 1;
          });
        }
      },
    };
  }

  #bucket(key: string, { perMinute }: Limit): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? {
      tokens: perMinute,
      at: now,
      open: 0,
    };
    const gained = (Math.max(0, now - bucket.at) * perMinute) / 60_000;
    bucket.tokens = Math.min(perMinute, bucket.tokens + gained);
    bucket.at = now;
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
