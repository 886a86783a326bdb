import { createHash } from 'crypto';
import type { Knex } from 'knex';

/** The two ways in which a concern is told, each for itself. */
export type Telling = 'event' | 'notice';

/** A subject that stands, or stood not long ago. */
export interface StoredConcern {
  subject: string;
  /** Since when it has stood, ISO 8601. */
  since: string;
  /** Absent: it stands. */
  goneAt?: string;
}

interface Row {
  entity_ref: string;
  key: string;
  subject: string;
  since: string;
  gone_at: string | null;
  event_for: string | null;
  event_at: string | null;
  notice_for: string | null;
  notice_at: string | null;
}

const AT_A_TIME = 100;

/** What is known of entities' concerns, and what was told of them, in the portal's database: for all replicas, and over restarts. */
export class ConcernStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  static async isReady(knex: Knex): Promise<boolean> {
    return knex.schema.hasTable('entity_concerns');
  }

  async of(entityRef: string): Promise<StoredConcern[]> {
    const rows = await this.#rows().where('entity_ref', entityRef);
    return rows.map(({ subject, since, gone_at }) => ({
      subject,
      since,
      ...(gone_at !== null && { goneAt: gone_at }),
    }));
  }

  /**
   * These stand: those that did not, from now on.
   *
   * @param isOld - they stood before anybody looked, and are not told
   */
  async stand(
    entityRef: string,
    subjects: readonly string[],
    at: string,
    isOld = false,
  ): Promise<void> {
    const told = isOld ? { event_for: at, notice_for: at } : {};
    for (let from = 0; from < subjects.length; from += AT_A_TIME) {
      const some = subjects.slice(from, from + AT_A_TIME);
      await this.#rows()
        .insert(
          some.map(subject => ({
            entity_ref: entityRef,
            key: keyOf(subject),
            subject,
            since: at,
            ...told,
          })),
        )
        .onConflict(['entity_ref', 'key'])
        .ignore();
      await this.#rows()
        .where('entity_ref', entityRef)
        .whereIn('key', some.map(keyOf))
        .whereNotNull('gone_at')
        .update({ gone_at: null, since: at });
    }
  }

  async gone(
    entityRef: string,
    subjects: readonly string[],
    at: string,
  ): Promise<void> {
    for (let from = 0; from < subjects.length; from += AT_A_TIME) {
      await this.#rows()
        .where('entity_ref', entityRef)
        .whereIn('key', subjects.slice(from, from + AT_A_TIME).map(keyOf))
        .whereNull('gone_at')
        .update({ gone_at: at });
    }
  }

  /**
   * Takes it upon the caller to tell that a subject stands: one caller only, and only where it was not told since it
   * stands, nor anything of it from `quietSince` to `quietUntil`: what was told later was so by a clock that was set back. What a caller that dies never says to be {@link ConcernStore.told} is
   * another's once the quiet is over.
   *
   * @returns since when it has stood; undefined: it is not to be told
   */
  async claim(
    entityRef: string,
    subject: string,
    telling: Telling,
    {
      at,
      quietSince,
      quietUntil,
    }: { at: string; quietSince: string; quietUntil: string },
  ): Promise<string | undefined> {
    const row = await this.#row(entityRef, subject)
      .whereNull('gone_at')
      .first();
    if (!row) {
      return undefined;
    }
    const count = await this.#row(entityRef, subject)
      .where('since', row.since)
      .whereNull('gone_at')
      .where(where =>
        where
          .whereNull(`${telling}_for`)
          .orWhereNot(`${telling}_for`, row.since),
      )
      .where(where =>
        where
          .whereNull(`${telling}_at`)
          .orWhere(`${telling}_at`, '<=', quietSince)
          .orWhere(`${telling}_at`, '>', quietUntil),
      )
      .update({ [`${telling}_at`]: at });
    return count === 1 ? row.since : undefined;
  }

  /** It was told that it has stood since then. */
  async told(
    entityRef: string,
    subject: string,
    telling: Telling,
    since: string,
  ): Promise<void> {
    await this.#row(entityRef, subject).update({ [`${telling}_for`]: since });
  }

  /** It could not be told after all: the next turn tries again. */
  async release(
    entityRef: string,
    subject: string,
    telling: Telling,
  ): Promise<void> {
    await this.#row(entityRef, subject).update({ [`${telling}_at`]: null });
  }

  /** Forgets what has been gone since before a time, and what is about entities that are no more. */
  async prune(goneBefore: string): Promise<void> {
    await this.#rows().where('gone_at', '<', goneBefore).delete();
    await this.#rows()
      .whereNot('entity_ref', 'like', 'cluster:%')
      .whereNotIn('entity_ref', this.#knex('entity_facts').select('entity_ref'))
      .delete();
  }

  #rows() {
    return this.#knex<Row>('entity_concerns');
  }

  #row(entityRef: string, subject: string) {
    return this.#rows().where({ entity_ref: entityRef, key: keyOf(subject) });
  }
}

/** Names of objects and paths in them are longer than an index takes. */
function keyOf(subject: string): string {
  return createHash('sha256').update(subject).digest('hex');
}
