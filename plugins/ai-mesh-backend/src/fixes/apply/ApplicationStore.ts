import { createHash } from 'crypto';
import type { Knex } from 'knex';
import { isConstraint } from '../../database/databaseTrouble';
import { isOpen, type ApplicationRecord } from './ApplicationRecord';

interface Row {
  id: string;
  version: number;
  entity_ref: string;
  requested_at: string;
  open_on: string | null;
  check_at: string | null;
  tell_at: string | null;
  record: string;
}

/** When something is left to do for a fix, ISO 8601. */
export interface Due {
  /** It is to be attended to; absent: when a person acts. */
  checkAt?: string;
  /** People are to be told of it, unless they were by then; absent: there is nothing to tell. */
  tellAt?: string;
}

/** Somebody else has changed the row since it was read. */
export class StaleApplication extends Error {}

/** Another fix of the same object waits, or is being written. */
export class ObjectBusy extends Error {}

/** Fixes that are to be written into a cluster, in the portal's database: SQLite or PostgreSQL. */
export class ApplicationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Whether the migrations have made its table, as it is now. */
  static async isReady(knex: Knex): Promise<boolean> {
    return knex.schema.hasColumn('fix_applications', 'tell_at');
  }

  /** @throws ObjectBusy */
  async add(record: ApplicationRecord, due: Due): Promise<void> {
    await orBusy(
      this.#rows().insert({
        id: record.id,
        entity_ref: record.entityRef,
        requested_at: record.requestedAt,
        ...columns(record, due),
      }),
    );
  }

  /**
   * Saves what became of it, if it is still the version that the record has.
   *
   * @returns the record with its next version
   * @throws StaleApplication, ObjectBusy
   */
  async save(record: ApplicationRecord, due: Due): Promise<ApplicationRecord> {
    const next = { ...record, version: record.version + 1 };
    const count = await orBusy(
      this.#rows()
        .where({ id: record.id, version: record.version })
        .update(columns(next, due)),
    );
    if (count === 0) {
      throw new StaleApplication(`Fix ${record.id} has moved on.`);
    }
    return next;
  }

  async get(
    entityRef: string,
    id: string,
  ): Promise<ApplicationRecord | undefined> {
    const row = await this.#rows().where({ id, entity_ref: entityRef }).first();
    return row && recordOf(row);
  }

  /** Those that wait or are being written, then the newest; and how many there are in all. */
  async of(
    entityRef: string,
    limit: number,
  ): Promise<{ records: ApplicationRecord[]; total: number }> {
    const rows = await this.#rows()
      .where('entity_ref', entityRef)
      .orderByRaw('case when open_on is null then 1 else 0 end')
      .orderBy([
        { column: 'requested_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    const [{ total }] = await this.#rows()
      .where('entity_ref', entityRef)
      .count({ total: '*' });
    return { records: rows.map(recordOf), total: Number(total) };
  }

  /** Those to be attended to, each for one replica alone: until `again` no other gets them. */
  due(now: string, again: string, limit: number): Promise<ApplicationRecord[]> {
    return this.#take('check_at', now, again, limit);
  }

  /** Those that nobody has told of in time, each for one replica alone: until `again` no other gets them. */
  untold(
    now: string,
    again: string,
    limit: number,
  ): Promise<ApplicationRecord[]> {
    return this.#take('tell_at', now, again, limit);
  }

  /** People have heard of it as it is in this version; of a later one they have not. */
  async told({ id, version }: ApplicationRecord): Promise<void> {
    await this.#rows().where({ id, version }).update({ tell_at: null });
  }

  /** Forgets what was asked for so long ago; what waits or is being written stays. */
  async prune(requestedBefore: string): Promise<void> {
    await this.#rows()
      .where('requested_at', '<', requestedBefore)
      .whereNull('open_on')
      .delete();
  }

  async #take(
    column: 'check_at' | 'tell_at',
    now: string,
    again: string,
    limit: number,
  ): Promise<ApplicationRecord[]> {
    const rows = await this.#rows()
      .where(column, '<=', now)
      .orderBy(column)
      .limit(limit);
    const taken: ApplicationRecord[] = [];
    for (const row of rows) {
      const count = await this.#rows()
        .where({ id: row.id, version: row.version, [column]: row[column] })
        .update({ [column]: again });
      if (count > 0) {
        taken.push(recordOf(row));
      }
    }
    return taken;
  }

  #rows() {
    return this.#knex<Row>('fix_applications');
  }
}

function columns(record: ApplicationRecord, { checkAt, tellAt }: Due) {
  return {
    version: record.version,
    open_on: isOpen(record) ? digestOf(record) : null,
    check_at: checkAt ?? null,
    tell_at: tellAt ?? null,
    record: JSON.stringify(record),
  };
}

function recordOf({ record, version }: Row): ApplicationRecord {
  return { ...(JSON.parse(record) as ApplicationRecord), version };
}

/** Of fixed length, whatever objects are called. */
function digestOf({ object }: ApplicationRecord): string {
  const { cluster, apiVersion, kind, namespace, name } = object;
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  return createHash('sha256')
    .update(JSON.stringify([cluster, group, kind, namespace, name]))
    .digest('hex');
}

async function orBusy<T>(writing: PromiseLike<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    throw isConstraint(error)
      ? new ObjectBusy('Another fix of the same object waits.')
      : error;
  }
}
