import type { Knex } from 'knex';
import { transaction } from '../../database/transaction';
import type { CanaryRow } from './canaryRow';

/** A transaction of more would keep others waiting. */
const FORGOTTEN_AT_A_TIME = 100;

/** Deletes what ended before a time (ISO 8601), and the oldest of more than `most`. Gives how many went. */
export async function forgetCanaries(
  knex: Knex,
  {
    endedBefore,
    most,
  }: {
    endedBefore: string;
    most: number;
  },
): Promise<number> {
  const over = () =>
    knex<CanaryRow>('canaries')
      .whereNotNull('ended_at')
      .where('needs_engine', false)
      // Whoever waits for it, or may take it back, has to find it.
      .where(either =>
        either
          .whereNull('group_id')
          .orWhereNotIn(
            'group_id',
            knex<CanaryRow>('canaries')
              .whereNotNull('active_route')
              .whereNotNull('group_id')
              .select('group_id'),
          ),
      );
  const oldest = await over()
    .orderBy('ended_at', 'desc')
    .orderBy('id')
    .offset(most)
    .first('ended_at');
  const before = [endedBefore, oldest?.ended_at ?? ''].sort().at(-1)!;
  let count = 0;
  for (;;) {
    const rows = await over()
      .where('ended_at', before === endedBefore ? '<' : '<=', before)
      .limit(FORGOTTEN_AT_A_TIME)
      .select('id');
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) {
      return count;
    }
    await transaction(knex, async tx => {
      await tx('canaries').whereIn('id', ids).update({ forgotten: true });
      await tx('canary_transitions').whereIn('canary_id', ids).delete();
      await tx('canary_intents').whereIn('canary_id', ids).delete();
      await tx('canaries').whereIn('id', ids).delete();
    });
    count += ids.length;
  }
}
