/**
 * Which Service each canary is about, so that it is found by whoever owns that; and a way for canaries that ended long
 * ago to go, as a whole and with their history. Everything else of a history stays as it is.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('canaries', table => {
    table
      .text('service_key')
      .comment(
        'JSON: cluster, namespace and name of the Service; null where an older release wrote the row, until it is filled in',
      );
    table
      .boolean('forgotten')
      .notNullable()
      .defaultTo(false)
      .comment('It is being removed, and its history may go with it');
    table.index(['ended_at']);
  });
  await replaceGuard(
    knex,
    `old.canary_id not in (select id from canaries where forgotten = ${knex.client.config.client === 'pg' ? 'true' : '1'})`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await replaceGuard(knex, undefined);
  await knex.schema.alterTable('canaries', table => {
    table.dropIndex(['ended_at']);
    table.dropColumn('service_key');
    table.dropColumn('forgotten');
  });
};

/**
 * Rows of a history go only where the condition does not hold; without one, never.
 *
 * @param {import('knex').Knex} knex
 * @param {string | undefined} kept
 */
async function replaceGuard(knex, kept) {
  const message = 'canary_transitions: rows are never changed';
  if (knex.client.config.client === 'pg') {
    await knex.raw(
      'drop trigger canary_transitions_are_kept on canary_transitions',
    );
    const create = (name, events, when) =>
      knex.raw(
        `create trigger ${name} before ${events} on canary_transitions
         for each row ${when} execute function canary_transitions_are_kept()`,
      );
    if (!kept) {
      await knex.raw(
        'drop trigger canary_transitions_are_not_deleted on canary_transitions',
      );
      await knex.raw('drop function canary_transitions_are_not_deleted()');
      await create('canary_transitions_are_kept', 'update or delete', '');
      return;
    }
    await create('canary_transitions_are_kept', 'update', '');
    // A trigger's own condition may not ask another table.
    await knex.raw(
      `create function canary_transitions_are_not_deleted() returns trigger as $$
       begin
         if ${kept} then raise exception '${message}'; end if;
         return old;
       end $$ language plpgsql`,
    );
    await knex.raw(
      `create trigger canary_transitions_are_not_deleted
       before delete on canary_transitions
       for each row execute function canary_transitions_are_not_deleted()`,
    );
    return;
  }
  await knex.raw('drop trigger canary_transitions_no_delete');
  await knex.raw(
    `create trigger canary_transitions_no_delete
     before delete on canary_transitions ${kept ? `when ${kept}` : ''}
     begin select raise(abort, '${message}'); end`,
  );
}
