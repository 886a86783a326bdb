import type { Knex } from 'knex';
import type { Lease } from './CanaryStore';
import { databaseTime } from './databaseTime';

/** Takes what needs the engine and is nobody's, the longest unattended first. Gives the ids. */
export async function claimCanaries(
  knex: Knex,
  lease: Lease,
  limit: number,
): Promise<string[]> {
  const free = (query: Knex.QueryBuilder) =>
    query.where('needs_engine', true).where(either =>
      either
        .whereNull('lease_until')
        .orWhere('lease_until', '<', databaseTime(knex))
        // Nobody takes so long a lease: the clock went back, and its owner may be dead.
        .orWhere('lease_until', '>', databaseTime(knex, 2 * lease.durationMs)),
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

/** Keeps what is held. Gives the ids that still are. */
export async function renewLeases(knex: Knex, lease: Lease): Promise<string[]> {
  const rows = await knex('canaries')
    .where('lease_owner', lease.owner)
    .where('needs_engine', true)
    .update({ lease_until: databaseTime(knex, lease.durationMs) })
    .returning('id');
  return rows.map(({ id }: { id: string }) => id);
}

/** Gives back these, or all that the owner holds. */
export async function releaseLeases(
  knex: Knex,
  owner: string,
  ids?: readonly string[],
): Promise<void> {
  await knex('canaries')
    .where('lease_owner', owner)
    .modify(query => ids && query.whereIn('id', [...ids]))
    .update({ lease_owner: null, lease_until: null });
}
