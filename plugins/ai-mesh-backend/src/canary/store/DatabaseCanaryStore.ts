import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { CanaryTransition } from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import { isConstraint } from '../../database/databaseTrouble';
import { transaction } from '../../database/transaction';
import type { CanaryRecord } from '../machine';
import {
  readRow,
  readTransition,
  rowOf,
  type CanaryRow,
  type TransitionRow,
} from './canaryRow';
import {
  IdempotencyKeyReused,
  RouteBusy,
  type CanaryChange,
  type CanaryFilter,
  type CanarySave,
  type CanarySizes,
  type CanaryStore,
  type CanarySubject,
  type Lease,
  type NewCanary,
  type StoredCanary,
  type SubjectFilter,
  type SubjectMark,
} from './CanaryStore';
import { canarySizes } from './canarySizes';
import { claimCanaries, releaseLeases, renewLeases } from './canaryLeases';
import { databaseTime } from './databaseTime';
import { forgetCanaries } from './forgetCanaries';
import { serviceKey, serviceOfKey } from './routeKey';
import { addTransitions, holderAmong, saveCanaries } from './saveCanaries';

const RANK = 'case when active_route is null then 1 else 0 end';
/** What a canary is about, in one text. */
const SUBJECT = "entity_ref || ' ' || service_key";
const SQLITE_PATIENCE_MS = 250;

type Subject = Pick<CanaryRow, 'entity_ref' | 'service_key'>;

const readSubject = ({ entity_ref, service_key }: Subject): CanarySubject => ({
  entityRef: entity_ref,
  service: serviceOfKey(service_key!),
});

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
    if (knex.client.config.client !== 'pg') {
      // While SQLite waits for another process, nothing else of the portal runs.
      await knex.raw(`pragma busy_timeout = ${SQLITE_PATIENCE_MS}`);
    }
    const store = new DatabaseCanaryStore(knex);
    await store.completeRows();
    return store;
  }

  async completeRows(): Promise<void> {
    const rows = await this.#knex<CanaryRow>('canaries')
      .whereNull('service_key')
      .select('id', 'record');
    for (const { id, record } of rows) {
      const { service } = JSON.parse(record) as CanaryRecord;
      await this.#knex('canaries')
        .where({ id })
        .update({ service_key: serviceKey(service) });
    }
  }

  async create(
    record: CanaryRecord,
    transitions: readonly CanaryTransition[],
    idempotency?: { key: string; requestHash: string },
  ): Promise<{ stored: StoredCanary; created: boolean }> {
    return this.createGroup([{ record, transitions }], idempotency);
  }

  async createGroup(
    members: readonly NewCanary[],
    idempotency?: { key: string; requestHash: string },
  ): Promise<{ stored: StoredCanary; created: boolean }> {
    const [{ record }] = members;
    const requestedBefore = async () =>
      idempotency && this.requestedBefore(record.requestedBy, idempotency);
    const before = await requestedBefore();
    if (before) {
      return { stored: before, created: false };
    }
    try {
      await transaction(this.#knex, async tx => {
        for (const member of members) {
          // The key is kept once, with the first.
          const key = member.record === record ? idempotency : undefined;
          await tx('canaries').insert({
            id: member.record.id,
            revision: 1,
            ...rowOf(member.record, 0),
            idempotency_key: key?.key ?? null,
            request_hash: key?.requestHash ?? null,
          });
          await addTransitions(tx, member.record.id, member.transitions);
        }
      });
    } catch (error) {
      if (!isConstraint(error)) {
        throw error;
      }
      // Whatever kept the row out is in the table now.
      const raced = await requestedBefore();
      if (raced) {
        return { stored: raced, created: false };
      }
      const holder = await holderAmong(
        this.#knex,
        members.map(member => member.record),
      );
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

  async ofGroup(groupId: string): Promise<StoredCanary[]> {
    const rows = await this.#rows().where('group_id', groupId);
    return rows.map(readRow);
  }

  async list(filter: CanaryFilter): Promise<StoredCanary[]> {
    const { subjects, active, since, after, limit } = filter;
    const rows: CanaryRow[] = await this.#rows()
      .whereIn(
        this.#knex.raw(SUBJECT) as unknown as string,
        subjects.map(({ entityRef, service }) =>
          [entityRef, serviceKey(service)].join(' '),
        ),
      )
      .modify(query => {
        if (active) {
          query.whereNotNull('active_route');
        }
        if (since !== undefined) {
          query.where(either =>
            either.whereNull('ended_at').orWhere('ended_at', '>=', since),
          );
        }
        if (after) {
          const rank = after.active ? 0 : 1;
          query.whereRaw(
            `(${RANK} > ? or (${RANK} = ? and (requested_at < ? or (requested_at = ? and id < ?))))`,
            [rank, rank, after.requestedAt, after.requestedAt, after.id],
          );
        }
      })
      .orderByRaw(RANK)
      .orderBy('requested_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit);
    return rows.map(readRow);
  }

  async subjects(filter: SubjectFilter): Promise<CanarySubject[]> {
    const rows = await this.#about(filter).distinct(
      'entity_ref',
      'service_key',
    );
    return rows.map(readSubject);
  }

  async marks(filter: SubjectFilter): Promise<SubjectMark[]> {
    const rows: (Subject & Record<'saves' | 'count' | 'latest', unknown>)[] =
      await this.#about(filter)
        .select('entity_ref', 'service_key')
        // Each save counts its revision up. One that is new is the latest, should an old one have gone meanwhile.
        .sum({ saves: 'revision' })
        .count({ count: '*' })
        .max({ latest: 'requested_at' })
        .groupBy('entity_ref', 'service_key')
        .orderBy(['entity_ref', 'service_key']);
    return rows.map(row => ({
      ...readSubject(row),
      mark: [row.saves, row.count, row.latest].join(' '),
    }));
  }

  #about({ of, active }: SubjectFilter) {
    return this.#knex<CanaryRow>('canaries')
      .whereNotNull('service_key')
      .modify(query => {
        if (active) {
          query.whereNotNull('active_route');
        }
        if (of) {
          query.where(either =>
            either
              .whereIn('entity_ref', [...of.entityRefs])
              .orWhereIn('service_key', of.services.map(serviceKey)),
          );
        }
      });
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

  async latestTransitions(
    id: string,
    { before, limit }: { before?: number; limit: number },
  ): Promise<CanaryTransition[]> {
    const rows = await this.#knex<TransitionRow>('canary_transitions')
      .where('canary_id', id)
      .modify(query => before !== undefined && query.where('seq', '<', before))
      .orderBy('seq', 'desc')
      .limit(limit);
    return rows.map(readTransition).reverse();
  }

  async saveForPerson(
    stored: StoredCanary,
    save: CanarySave,
  ): Promise<StoredCanary> {
    const [saved] = await this.saveAllForPerson([{ stored, save }]);
    return saved;
  }

  saveAllForPerson(changes: readonly CanaryChange[]): Promise<StoredCanary[]> {
    return saveCanaries(this.#knex, changes, {
      // Whoever is about to write must end first: what became of the write can only be told then.
      leaseFor: intent =>
        intent ? {} : { lease_owner: null, lease_until: null },
    });
  }

  async saveForEngine(
    stored: StoredCanary,
    save: CanarySave,
    lease: Lease,
  ): Promise<StoredCanary> {
    const [saved] = await saveCanaries(this.#knex, [{ stored, save }], {
      holds: row => row.where('lease_owner', lease.owner),
      leaseFor: () => ({
        lease_until: databaseTime(this.#knex, lease.durationMs),
      }),
    });
    return saved;
  }

  claim(lease: Lease, limit: number): Promise<string[]> {
    return claimCanaries(this.#knex, lease, limit);
  }

  renew(lease: Lease): Promise<string[]> {
    return renewLeases(this.#knex, lease);
  }

  release(owner: string, ids?: readonly string[]): Promise<void> {
    return releaseLeases(this.#knex, owner, ids);
  }

  forget(bounds: { endedBefore: string; most: number }): Promise<number> {
    return forgetCanaries(this.#knex, bounds);
  }

  sizes(): Promise<CanarySizes> {
    return canarySizes(this.#knex);
  }

  #rows() {
    return this.#knex('canaries')
      .leftJoin('canary_intents', 'canary_intents.canary_id', 'canaries.id')
      .select<CanaryRow[]>('canaries.*', 'canary_intents.intent');
  }
}
