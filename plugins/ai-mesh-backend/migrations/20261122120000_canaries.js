/**
 * Canaries, their history and the write that each is about to make.
 *
 * Times that people read are ISO 8601; leases are milliseconds by the database's own clock, so that replicas whose
 * clocks differ agree on them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('canaries', table => {
    table.comment('Canary requests, and how far each has come');
    table.string('id', 36).primary();
    table.integer('revision').notNullable().comment('Counts every save');
    table.integer('version').notNullable().comment('Counts transitions');
    table.string('state', 20).notNullable();
    table.text('entity_ref').notNullable();
    table
      .text('active_route')
      .unique()
      .comment('The route, for as long as the canary holds it');
    table.text('requested_by').notNullable();
    table.text('requested_at').notNullable();
    table.text('ended_at');
    table.text('idempotency_key');
    table
      .string('request_hash', 64)
      .comment('Tells whether a repeated key repeats the request');
    table.text('record').notNullable().comment('JSON');
    table
      .boolean('needs_engine')
      .notNullable()
      .comment('Something is still to be done or told');
    table.text('lease_owner').comment('The replica that works on it');
    table.bigInteger('lease_until');
    table
      .integer('notified_version')
      .notNullable()
      .defaultTo(0)
      .comment('The last transition that people were told of');
    table.unique(['requested_by', 'idempotency_key']);
    table.index(['entity_ref', 'requested_at']);
    table.index(['needs_engine', 'lease_until']);
  });

  await knex.schema.createTable('canary_transitions', table => {
    table.comment('What happened to canaries; rows are only ever added');
    table
      .string('canary_id', 36)
      .notNullable()
      .references('id')
      .inTable('canaries');
    table.integer('seq').notNullable();
    table.text('at').notNullable();
    table.text('by').notNullable();
    table.string('from_state', 20);
    table.string('to_state', 20).notNullable();
    table.string('what', 40).notNullable();
    table.text('reason').notNullable();
    table.text('evidence').comment('JSON: the check that it was decided on');
    table.text('weights_before').comment('JSON');
    table.text('weights_after').comment('JSON');
    table.primary(['canary_id', 'seq']);
  });
  await forbidChanges(knex);

  await knex.schema.createTable('canary_intents', table => {
    table.comment('The write that a canary is about to make');
    table
      .string('canary_id', 36)
      .primary()
      .references('id')
      .inTable('canaries');
    table.text('intent').notNullable().comment('JSON');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('canary_intents');
  await knex.schema.dropTable('canary_transitions');
  if (knex.client.config.client === 'pg') {
    await knex.raw('drop function canary_transitions_are_kept()');
  }
  await knex.schema.dropTable('canaries');
};

/**
 * A history that can be edited proves nothing.
 *
 * @param {import('knex').Knex} knex
 */
async function forbidChanges(knex) {
  const message = 'canary_transitions: rows are never changed';
  if (knex.client.config.client === 'pg') {
    await knex.raw(
      `create function canary_transitions_are_kept() returns trigger as $$
       begin raise exception '${message}'; end $$ language plpgsql`,
    );
    await knex.raw(
      `create trigger canary_transitions_are_kept
       before update or delete on canary_transitions
       for each row execute function canary_transitions_are_kept()`,
    );
    await knex.raw(
      `create trigger canary_transitions_are_not_emptied
       before truncate on canary_transitions
       for each statement execute function canary_transitions_are_kept()`,
    );
    return;
  }
  for (const change of ['update', 'delete']) {
    await knex.raw(
      `create trigger canary_transitions_no_${change}
       before ${change} on canary_transitions
       begin select raise(abort, '${message}'); end`,
    );
  }
}
