import type { Knex } from 'knex';

/** Empties the tables of canaries, whose histories nobody else may remove. */
export async function withoutCanaries(knex: Knex): Promise<void> {
  await knex('canary_intents').delete();
  await knex('canaries').update({ forgotten: true });
  await knex('canary_transitions').delete();
  await knex('canaries').delete();
}
