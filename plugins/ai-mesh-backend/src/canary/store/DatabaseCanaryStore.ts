import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { CanaryTransition } from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import type { CanaryRecord } from '../machine';
import {
  readRow,
  readTransition,
  rowOf,
  transitionRow,
  type CanaryRow,
  type TransitionRow,
} from './canaryRow';
import {
  IdempotencyKeyReused,
  RouteBusy,
  StaleCanary,
  type CanaryFilter,
  type CanarySave,
  type CanaryStore,
  type Lease,
  type StoredCanary,
} from './CanaryStore';
import { databaseTime } from './databaseTime';
import { routeKey } from './routeKey';

/** Canaries in the portal's database: SQLite or PostgreSQL. */
export class DatabaseCanaryStore implements CanaryStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  static async create(database: DatabaseService): Promise<DatabaseCanaryStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@ai-mesh/plugin-ai-mesh-backend',
          'migrations',
        ),
      });
    }
    return new DatabaseCanaryStore(knex);
  }

  async create(
    record: CanaryRecord,
    transitions: readonly CanaryTransition[],
    idempotency?: { key: string; requestHash: string },
  ): Promise<{ stored: StoredCanary; created: boolean }> {
    const requestedBefore = async () =>
      idempotency && this.requestedBefore(record.requestedBy, idempotency);
    const before = await requestedBefore();
    if (before) {
      return { stored: before, created: false };
    }
    try {
      await this.#knex.transaction(async tx => {
        await tx('canaries').insert({
          id: record.id,
          revision: 1,
          ...rowOf(record, 0),
          idempotency_key: idempotency?.key ?? null,
          request_hash: idempotency?.requestHash ?? null,
        });
        await addTransitions(tx, record.id, transitions);
      });
    } catch (error) {
      // Whatever kept the row out is in the table now.
      const raced = await requestedBefore();
      if (raced) {
        return { stored: raced, created: false };
      }
      const holder = await this.holderOf(routeKey(record.route));
      throw holder ? new RouteBusy(holder) : error;
    }
    return {
      stored: { record, revision: 1, notifiedVersion: 0 },
      created: true,
    };
  }

  async requestedBefore(
    requestedBy: string,
    { key, requestHash }: { key: string; requestHash: string },
  ): Promise<StoredCanary | undefined> {
    const row = await this.#rows()
      .where('requested_by', requestedBy)
      .where('idempotency_key', key)
      .first();
    if (row && row.request_hash !== requestHash) {
      throw new IdempotencyKeyReused();
    }
    return row && readRow(row);
  }

  async get(id: string): Promise<StoredCanary | undefined> {
    const row = await this.#rows().where('canaries.id', id).first();
    return row && readRow(row);
  }

  async list(filter: CanaryFilter): Promise<StoredCanary[]> {
    const rows: CanaryRow[] = await this.#rows()
      .modify(query => {
        if (filter.entityRefs) {
          query.whereIn('entity_ref', [...filter.entityRefs]);
        }
        if (filter.active) {
          query.whereNotNull('active_route');
        }
      })
      .orderByRaw('case when active_route is null then 1 else 0 end')
      .orderBy('requested_at', 'desc')
      .limit(filter.limit);
    return rows.map(readRow);
  }

  async entityRefs({
    active,
  }: Pick<CanaryFilter, 'active'>): Promise<string[]> {
    const rows = await this.#knex<CanaryRow>('canaries')
      .modify(query => active && query.whereNotNull('active_route'))
      .distinct('entity_ref');
    return rows.map(({ entity_ref }) => entity_ref);
  }

  async holderOf(key: string): Promise<string | undefined> {
    const row = await this.#knex<CanaryRow>('canaries')
      .where('active_route', key)
      .first('id');
    return row?.id;
  }

  async transitions(id: string, after = 0): Promise<CanaryTransition[]> {
    const rows = await this.#knex<TransitionRow>('canary_transitions')
      .where('canary_id', id)
      .where('seq', '>', after)
      .orderBy('seq');
    return rows.map(readTransition);
  }

  async saveForPerson(
    stored: StoredCanary,
    save: CanarySave,
  ): Promise<StoredCanary> {
    const intent =
      save.intent === undefined ? stored.record.intent : save.intent;
    return this.#save(
      stored,
      save,
      query => query,
      // Whoever is about to write must end first: what became of the write can only be told then.
      intent ? {} : { lease_owner: null, lease_until: null },
    );
  }

  async saveForEngine(
    stored: StoredCanary,
    save: CanarySave,
    lease: Lease,
  ): Promise<StoredCanary> {
    return this.#save(
      stored,
      save,
      query => query.where('lease_owner', lease.owner),
      { lease_until: databaseTime(this.#knex, lease.durationMs) },
    );
  }

  async claim(lease: Lease, limit: number): Promise<string[]> {
    const knex = this.#knex;
    const free = (query: Knex.QueryBuilder) =>
      query.where('needs_engine', true).where(either =>
        either
          .whereNull('lease_until')
          .orWhere('lease_until', '<', databaseTime(knex))
          // Nobody takes so long a lease: the clock went back, and its owner may be dead.
          .orWhere(
            'lease_until',
            '>',
            databaseTime(knex, 2 * lease.durationMs),
          ),
      );
    // The condition stands twice: another replica may take a row between the look and the update.
    const rows = await free(
      knex('canaries').whereIn(
        'id',
        free(knex('canaries').select('id')).orderBy('lease_until').limit(limit),
      ),
    )
      .update({
        lease_owner: lease.owner,
        lease_until: databaseTime(knex, lease.durationMs),
      })
      .returning('id');
    return rows.map(({ id }: { id: string }) => id);
  }

  async renew(lease: Lease): Promise<string[]> {
    const rows = await this.#knex('canaries')
      .where('lease_owner', lease.owner)
      .where('needs_engine', true)
      .update({ lease_until: databaseTime(this.#knex, lease.durationMs) })
      .returning('id');
    return rows.map(({ id }: { id: string }) => id);
  }

  async release(owner: string, ids?: readonly string[]): Promise<void> {
    await this.#knex('canaries')
      .where('lease_owner', owner)
      .modify(query => ids && query.whereIn('id', [...ids]))
      .update({ lease_owner: null, lease_until: null });
  }

  #rows() {
    return this.#knex('canaries')
      .leftJoin('canary_intents', 'canary_intents.canary_id', 'canaries.id')
      .select<CanaryRow[]>('canaries.*', 'canary_intents.intent');
  }

  async #save(
    stored: StoredCanary,
    save: CanarySave,
    holds: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
    lease: Record<string, unknown>,
  ): Promise<StoredCanary> {
    const { id } = stored.record;
    const intent =
      save.intent === undefined ? stored.record.intent : save.intent;
    const record = { ...save.record, intent: intent ?? undefined };
    const notifiedVersion = save.notifiedVersion ?? stored.notifiedVersion;
    const revision = stored.revision + 1;
    await this.#knex.transaction(async tx => {
      const saved = await holds(
        tx('canaries').where({ id, revision: stored.revision }),
      ).update({ ...rowOf(record, notifiedVersion), revision, ...lease });
      if (saved !== 1) {
        throw new StaleCanary(id);
      }
      await addTransitions(tx, id, save.transitions ?? []);
      if (save.intent !== undefined) {
        await tx('canary_intents').where('canary_id', id).delete();
      }
      if (save.intent) {
        await tx('canary_intents').insert({
          canary_id: id,
          intent: JSON.stringify(save.intent),
        });
      }
    });
    return { record, revision, notifiedVersion };
  }
}

async function addTransitions(
  tx: Knex.Transaction,
  id: string,
  transitions: readonly CanaryTransition[],
): Promise<void> {
  if (transitions.length > 0) {
    await tx('canary_transitions').insert(
      transitions.map(transition => transitionRow(id, transition)),
    );
  }
}
