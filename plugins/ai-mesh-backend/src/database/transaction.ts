import type { Knex } from 'knex';

/**
 * Throws what went wrong in the work, and not that SQLite had rolled back by itself before it was told to, as it does
 * where its disk is full.
 */
export async function transaction(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<void>,
): Promise<void> {
  let cause: unknown;
  try {
    await knex.transaction(async tx => {
      try {
        await work(tx);
      } catch (error) {
        cause = error;
        throw error;
      }
    });
  } catch (error) {
    throw cause ?? error;
  }
}
