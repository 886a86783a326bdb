import type { Knex } from 'knex';

/** Milliseconds since 1970 by the database's clock, which all replicas share. */
export function databaseTime(knex: Knex, plusMs = 0): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw(
        '(extract(epoch from clock_timestamp()) * 1000)::bigint + ?::bigint',
        [plusMs],
      )
    : knex.raw(
        "cast((julianday('now') - 2440587.5) * 86400000 as integer) + ?",
        [plusMs],
      );
}

function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}
