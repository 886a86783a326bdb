import type { FactPoint } from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import { transaction } from '../../database/transaction';
import { inTurns } from '../../target/inTurns';
import type { FactsSave, FactsSizes, FactsStore } from './FactsStore';
import type {
  FactTurn,
  FactValues,
  StoredFacts,
  StoredModels,
} from './StoredFacts';

interface EntityRow {
  entity_ref: string;
  version: number | null;
  observed_at: string | null;
  due_at: string;
  facts: string;
  places: string;
  etag: string | null;
  gone_at: string | null;
}

/** SQLite takes no more than some hundred values in one statement of every build. */
const AT_A_TIME = 200;

/** Facts in the portal's database: SQLite or PostgreSQL. Its tables come with the plugin's migrations. */
export class DatabaseFactsStore implements FactsStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Whether the migrations have made its tables. */
  static async isReady(knex: Knex): Promise<boolean> {
    return knex.schema.hasTable('fact_days');
  }

  async get(entityRef: string): Promise<StoredFacts | undefined> {
    return (await this.getMany([entityRef])).at(0);
  }

  async getMany(entityRefs: readonly string[]): Promise<StoredFacts[]> {
    const rows: EntityRow[] = [];
    for (const some of parts(entityRefs)) {
      rows.push(
        ...(await this.#knex<EntityRow>('entity_facts')
          .whereIn('entity_ref', some)
          .whereNotNull('observed_at')),
      );
    }
    return rows.map(row => ({
      entityRef: row.entity_ref,
      version: row.version!,
      observedAt: row.observed_at!,
      facts: JSON.parse(row.facts),
    }));
  }

  async observed() {
    const rows = await this.#knex<EntityRow>('entity_facts')
      .whereNotNull('observed_at')
      .select('entity_ref', 'observed_at', 'gone_at');
    return rows.map(row => ({
      entityRef: row.entity_ref,
      observedAt: row.observed_at!,
      goneAt: row.gone_at ?? undefined,
    }));
  }

  async refs(page: { after?: string; limit: number }): Promise<string[]> {
    const query = this.#knex<EntityRow>('entity_facts')
      .whereNotNull('observed_at')
      .orderBy('entity_ref')
      .limit(page.limit)
      .select('entity_ref');
    const rows = await (page.after === undefined
      ? query
      : query.where('entity_ref', '>', page.after));
    return rows.map(row => row.entity_ref);
  }

  async sizes(outdatedBefore: string): Promise<FactsSizes> {
    const present = () =>
      this.#knex<EntityRow>('entity_facts').whereNull('gone_at');
    const count = async (query: Knex.QueryBuilder) =>
      Number((await query.count({ count: '*' }).first()).count);
    const first = await present()
      .whereNotNull('observed_at')
      .orderBy('observed_at')
      .first('observed_at');
    return {
      fresh: await count(present().where('observed_at', '>=', outdatedBefore)),
      outdated: await count(
        present().where('observed_at', '<', outdatedBefore),
      ),
      none: await count(present().whereNull('observed_at')),
      ...(first && { oldest: first.observed_at! }),
    };
  }

  async turns(): Promise<FactTurn[]> {
    const rows = await this.#knex<EntityRow>('entity_facts').select(
      'entity_ref',
      'due_at',
      'observed_at',
      'places',
      'etag',
      'gone_at',
    );
    return rows.map(row => ({
      entityRef: row.entity_ref,
      dueAt: row.due_at,
      observedAt: row.observed_at ?? undefined,
      places: JSON.parse(row.places),
      etag: row.etag ?? undefined,
      goneAt: row.gone_at ?? undefined,
    }));
  }

  async enrol(entityRefs: readonly string[], dueAt: string): Promise<void> {
    for (const some of parts(entityRefs)) {
      await this.#knex('entity_facts')
        .insert(
          some.map(entity_ref => ({
            entity_ref,
            due_at: dueAt,
            facts: '{}',
            places: '[]',
          })),
        )
        .onConflict('entity_ref')
        .merge({ gone_at: null, due_at: dueAt });
    }
  }

  async gone(entityRefs: readonly string[], at: string): Promise<void> {
    for (const some of parts(entityRefs)) {
      await this.#knex('entity_facts')
        .whereIn('entity_ref', some)
        .whereNull('gone_at')
        .update({ gone_at: at });
    }
  }

  async postpone(entityRef: string, dueAt: string): Promise<void> {
    await this.#knex('entity_facts')
      .where('entity_ref', entityRef)
      .update({ due_at: dueAt });
  }

  async models(entityRefs?: readonly string[]): Promise<StoredModels[]> {
    const found: StoredModels[] = [];
    if (entityRefs) {
      for (const some of parts(entityRefs)) {
        found.push(
          ...(await this.#models(query =>
            query.whereIn('entity_models.entity_ref', some),
          )),
        );
      }
      return found;
    }
    let page: StoredModels[];
    do {
      const after = found.at(-1)?.entityRef;
      page = await this.#models(query =>
        (after === undefined
          ? query
          : query.where('entity_models.entity_ref', '>', after)
        ).limit(AT_A_TIME),
      );
      found.push(...page);
    } while (page.length === AT_A_TIME);
    return found;
  }

  /** A few at a time, each read in turns with other work: a model's last hour is thousands of characters. */
  async #models(
    some: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  ): Promise<StoredModels[]> {
    const query = this.#knex('entity_models')
      .join(
        'entity_facts',
        'entity_facts.entity_ref',
        'entity_models.entity_ref',
      )
      .whereNull('entity_facts.gone_at')
      .orderBy('entity_models.entity_ref')
      .select(
        'entity_models.entity_ref',
        'entity_models.observed_at',
        'entity_models.models',
        'entity_models.finding_codes',
      );
    const read: StoredModels[] = [];
    for (const row of await some(query)) {
      await inTurns();
      read.push({
        entityRef: row.entity_ref,
        observedAt: row.observed_at,
        models: JSON.parse(row.models),
        ...(row.finding_codes && {
          findingCodes: JSON.parse(row.finding_codes),
        }),
      });
    }
    return read;
  }

  async save({ findingCodes, ...save }: FactsSave) {
    const { stored, models, changes, day, unchanged, turn } = save;
    const { entityRef, observedAt, version } = stored;
    await transaction(this.#knex, async tx => {
      const row = {
        entity_ref: entityRef,
        version,
        observed_at: observedAt,
        due_at: turn.dueAt,
        places: JSON.stringify(turn.places),
        etag: turn.etag ?? null,
        gone_at: null,
      };
      const rewritten = unchanged
        ? await tx('entity_facts').where('entity_ref', entityRef).update(row)
        : 0;
      if (rewritten === 0) {
        await tx('entity_facts')
          .insert({ ...row, facts: JSON.stringify(stored.facts) })
          .onConflict('entity_ref')
          .merge();
      }
      await tx('entity_models')
        .insert({
          entity_ref: entityRef,
          observed_at: observedAt,
          models: JSON.stringify(models),
          finding_codes: findingCodes ? JSON.stringify(findingCodes) : null,
        })
        .onConflict('entity_ref')
        .merge();
      for (const { at, values } of changes) {
        await tx('fact_changes')
          .insert({
            entity_ref: entityRef,
            at,
            facts: JSON.stringify(values),
          })
          .onConflict(['entity_ref', 'at'])
          .merge();
      }
      if (!day) {
        return;
      }
      await tx('fact_days')
        .insert({
          entity_ref: entityRef,
          day: observedAt.slice(0, 10),
          facts: JSON.stringify(day),
        })
        .onConflict(['entity_ref', 'day'])
        .merge();
    });
  }

  async changes(entityRef: string, from: string): Promise<FactPoint[]> {
    const rows = await this.#knex('fact_changes')
      .where('entity_ref', entityRef)
      .where('at', '>=', from)
      .orderBy('at');
    return rows.map(({ at, facts }) => ({ at, values: JSON.parse(facts) }));
  }

  async days(
    entityRef: string,
    from: string,
  ): Promise<{ day: string; values: FactValues }[]> {
    const rows = await this.#knex('fact_days')
      .where('entity_ref', entityRef)
      .where('day', '>=', from.slice(0, 10))
      .orderBy('day');
    return rows.map(({ day, facts }) => ({ day, values: JSON.parse(facts) }));
  }

  async prune(before: {
    changes: string;
    days: string;
    gone: string;
  }): Promise<number> {
    await this.#knex('fact_changes').where('at', '<', before.changes).delete();
    await this.#knex('fact_days')
      .where('day', '<', before.days.slice(0, 10))
      .delete();
    const left = await this.#knex<EntityRow>('entity_facts')
      .where('gone_at', '<', before.gone)
      .select('entity_ref');
    for (const some of parts(left.map(row => row.entity_ref))) {
      await transaction(this.#knex, async tx => {
        for (const table of [
          'fact_changes',
          'fact_days',
          'entity_models',
          'entity_facts',
        ]) {
          await tx(table).whereIn('entity_ref', some).delete();
        }
      });
    }
    return left.length;
  }
}

function parts<T>(items: readonly T[]): T[][] {
  return Array.from(
    { length: Math.ceil(items.length / AT_A_TIME) },
    (_, index) => items.slice(index * AT_A_TIME, (index + 1) * AT_A_TIME),
  );
}
