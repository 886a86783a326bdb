import type {
  CanaryState,
  CanaryTransition,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import { isConstraint } from '../../database/databaseTrouble';
import { transaction } from '../../database/transaction';
import type { CanaryRecord, Intent } from '../machine';
import { rowOf, transitionRow, type CanaryRow } from './canaryRow';
import {
  RouteBusy,
  StaleCanary,
  type CanaryChange,
  type CanarySave,
  type StoredCanary,
} from './CanaryStore';
import { heldRoute, routeKey } from './routeKey';

/** States in which a canary does something when another of its request ends. */
const FOLLOWING: readonly CanaryState[] = [
  'approved',
  'progressing',
  'paused',
  'promoted',
];

/**
 * Saves all of them or none. Throws StaleCanary for one that changed since it was read, RouteBusy where another canary holds
 * a route of theirs.
 *
 * @param holds - narrows the rows to those that whoever saves may change
 * @param leaseFor - the columns of the lease, by what is about to be written
 */
export async function saveCanaries(
  knex: Knex,
  changes: readonly CanaryChange[],
  {
    holds = row => row,
    leaseFor,
  }: {
    holds?(row: Knex.QueryBuilder): Knex.QueryBuilder;
    leaseFor(intent: Intent | undefined): Record<string, unknown>;
  },
): Promise<StoredCanary[]> {
  const saved = changes.map(({ stored, save }) => {
    const intent =
      (save.intent === undefined ? stored.record.intent : save.intent) ??
      undefined;
    return {
      record: { ...save.record, intent },
      notifiedVersion: save.notifiedVersion ?? stored.notifiedVersion,
      revision: stored.revision + 1,
    };
  });
  const ids = changes.map(({ stored }) => stored.record.id);
  const groups = changes.flatMap(({ stored, save: { record } }) =>
    record.group && concernsOthers(stored.record, record)
      ? [record.group.id]
      : [],
  );
  try {
    await transaction(knex, async tx => {
      if (groups.length > 0) {
        // In one order, so that two that end at the same time do not wait for each other.
        await tx('canaries')
          .whereIn('group_id', groups)
          .orderBy('id')
          .forUpdate()
          .select('id');
      }
      for (const [index, { stored, save }] of changes.entries()) {
        const { record, notifiedVersion, revision } = saved[index];
        await saveOne(
          tx,
          holds(
            tx('canaries').where({
              id: record.id,
              revision: stored.revision,
            }),
          ),
          {
            ...rowOf(record, notifiedVersion),
            revision,
            ...leaseFor(record.intent),
          },
          { ...save, record },
        );
      }
      if (groups.length > 0) {
        // A visit that saw them as they were before must not save what it made of that.
        await tx('canaries')
          .whereIn('group_id', groups)
          .whereNotIn('id', ids)
          .whereIn('state', FOLLOWING)
          .update({ needs_engine: true, revision: tx.raw('revision + 1') });
      }
    });
  } catch (error) {
    const holder =
      isConstraint(error) &&
      (await holderAmong(
        knex,
        changes.map(({ stored }) => stored.record),
      ));
    throw holder ? new RouteBusy(holder) : error;
  }
  return saved;
}

/** The canary that holds a route of one of these, and is none of them. */
export async function holderAmong(
  knex: Knex,
  records: readonly CanaryRecord[],
): Promise<string | undefined> {
  const row = await knex<CanaryRow>('canaries')
    .whereIn(
      'active_route',
      records.map(({ route }) => routeKey(route)),
    )
    .whereNotIn(
      'id',
      records.map(({ id }) => id),
    )
    .first('id');
  return row?.id;
}

/** Whether the others of its request have to be looked at again. */
function concernsOthers(before: CanaryRecord, after: CanaryRecord): boolean {
  return (
    before.state !== after.state &&
    (heldRoute(after) === null || after.state === 'rollingBack')
  );
}

async function saveOne(
  tx: Knex.Transaction,
  row: Knex.QueryBuilder,
  columns: Record<string, unknown>,
  { record: { id }, transitions = [], intent }: CanarySave,
): Promise<void> {
  if ((await row.update(columns)) !== 1) {
    throw new StaleCanary(id);
  }
  await addTransitions(tx, id, transitions);
  if (intent !== undefined) {
    await tx('canary_intents').where('canary_id', id).delete();
  }
  if (intent) {
    await tx('canary_intents').insert({
      canary_id: id,
      intent: JSON.stringify(intent),
    });
  }
}

export async function addTransitions(
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
