import type { CanaryState } from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import type { CanaryCount, CanarySizes } from './CanaryStore';

/** How many canaries there are, by state and by what the last check of the running ones came to. */
export async function canarySizes(knex: Knex): Promise<CanarySizes> {
  const count = async (query: Knex.QueryBuilder) =>
    Number((await query.count({ count: '*' }).first()).count);
  const canaries = () => knex('canaries');
  const states: {
    state: CanaryState;
    verdict: CanaryCount['verdict'] | null;
    count: number | string;
  }[] = await knex
    .from(
      canaries()
        .select(
          'state',
          knex.raw(
            `case when active_route is not null then ${verdictOf(knex)} end as verdict`,
          ),
        )
        .as('checked'),
    )
    .groupBy('state', 'verdict')
    .select('state', 'verdict')
    .count({ count: '*' });
  return {
    active: await count(canaries().whereNotNull('active_route')),
    ended: await count(canaries().whereNotNull('ended_at')),
    transitions: await count(knex('canary_transitions')),
    byState: states.map(({ state, verdict, count: each }) => ({
      state,
      ...(verdict && { verdict }),
      count: Number(each),
    })),
  };
}

/** SQL for what the last check came to. */
function verdictOf(knex: Knex): string {
  return knex.client.config.client === 'pg'
    ? "record::json #>> '{progress,check,verdict,outcome}'"
    : "json_extract(record, '$.progress.check.verdict.outcome')";
}
