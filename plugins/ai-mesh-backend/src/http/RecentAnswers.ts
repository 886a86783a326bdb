import { isDeepStrictEqual } from 'node:util';
import type { Source } from '@ai-mesh/plugin-ai-mesh-common';
import type { Entity } from '@backstage/catalog-model';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import type { Target } from '../target/Target';
import type { EntityView } from './EntityView';
import { parseQuery } from './parseQuery';
import { makeAnswer, type AskedView, type ReadOptions } from './readEntityView';
import { ReadyAnswer } from './ReadyAnswer';
import type { Look, RecentSight } from './RecentSight';

/** As long as a table of traffic counts: what an answer says besides is no older than its figures. */
const KEPT_MS = 15_000;
/** Of all answers together. */
const MOST_BYTES = 20_000_000;
/** Kinds of readers that a question is kept for. */
const MOST_SIGHTS = 5;

interface Kept {
  answer: ReadyAnswer;
  entity: Entity;
  target: Target;
  madeOf: string;
  /** What it shows because of what its reader may see. */
  looks: readonly Look[];
  at: number;
}

/**
 * Answers that were just made, for whoever asks the same: a topology takes milliseconds to build, veil, write and
 * compress. One is given to another reader only who sees the same entity, and of whose rights each question that was
 * asked to make it has the same answer; and only while the cluster shows the same and the figures are the same.
 */
export class RecentAnswers {
  readonly #options: ReadOptions;
  readonly #sight: Pick<RecentSight, 'look' | 'watched'>;
  readonly #kept = new LRUCache<string, readonly Kept[]>({
    maxSize: MOST_BYTES,
    sizeCalculation: all =>
      all.reduce((bytes, { answer }) => bytes + answer.bytes, 1),
    ttl: KEPT_MS,
    // Each holds the snapshot that it was made of.
    ttlAutopurge: true,
  });

  /** @param sight - through which everything that is told by what a reader may see is decided */
  constructor(
    options: ReadOptions,
    sight: Pick<RecentSight, 'look' | 'watched'>,
  ) {
    this.#options = options;
    this.#sight = sight;
  }

  /** @throws as `readEntityView` */
  async read(view: EntityView, asked: AskedView): Promise<ReadyAnswer> {
    const query = parseQuery(view.request, asked.query);
    const key = JSON.stringify([view.path, asked.entityRef, query]);
    const present = view.madeOf && (await this.#find(view, query, key, asked));
    if (present) {
      return present.answer;
    }
    const { result, looks } = await this.#sight.watched(() =>
      makeAnswer(view, asked, this.#options),
    );
    const { told, entity, target, madeOf } = result;
    const answer = new ReadyAnswer(told);
    if (madeOf !== undefined && isWhole(told)) {
      const at = this.#now();
      const others = (this.#kept.get(key) ?? []).slice(0, MOST_SIGHTS - 1);
      const made = { answer, entity, target, madeOf, looks, at };
      this.#kept.set(key, [made, ...others]);
    }
    return answer;
  }

  async #find(
    view: EntityView,
    query: unknown,
    key: string,
    { entityRef, credentials }: AskedView,
  ): Promise<Kept | undefined> {
    const kept = this.#kept.get(key);
    if (!kept) {
      return undefined;
    }
    const entity = await this.#options.entities.get(entityRef, credentials);
    for (const one of kept) {
      if (
        this.#now() - one.at <= KEPT_MS &&
        isDeepStrictEqual(one.entity, entity) &&
        one.madeOf === (await view.madeOf!(query, one.target)) &&
        (await isAsBefore(one.target)) &&
        (await this.#seesTheSame(one.looks, credentials))
      ) {
        return one;
      }
    }
    return undefined;
  }

  async #seesTheSame(
    looks: readonly Look[],
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    for (const { entityRefs, sight } of looks) {
      const mine = await this.#sight.look(entityRefs, credentials);
      if (!isDeepStrictEqual(mine, sight)) {
        return false;
      }
    }
    return true;
  }

  #now(): number {
    return this.#options.now().getTime();
  }
}

/** Whether the clusters that were searched still show what they did. */
async function isAsBefore({ searched }: Target): Promise<boolean> {
  const each = await Promise.all(
    searched.map(async ({ cluster, snapshot }) =>
      snapshot.showsAs(await cluster.snapshots.snapshot()),
    ),
  );
  return each.every(Boolean);
}

/** What a source did not say it may say to whoever asks next. */
function isWhole(answer: unknown): boolean {
  const { sources = [] } = answer as { sources?: Source[] };
  return sources.every(({ status }) => status === 'ok' || status === 'partial');
}
