/**
 * Fixes that are to be written into a cluster, and what became of them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('fix_applications', table => {
    table.comment('Fixes of findings that are to be written into a cluster');
    table.string('id', 36).primary();
    table.integer('version').notNullable().comment('Compared and set');
    table.string('entity_ref', 800).notNullable();
    table.string('requested_at', 24).notNullable();
    table
      .string('open_on', 64)
      .comment('Digest of the object, while a fix of it waits or is written');
    table
      .string('check_at', 24)
      .comment('When it is to be attended to; empty: when a person acts');
    table.text('record').notNullable().comment('JSON: all that is known of it');
    table.unique(['open_on']);
    table.index(['entity_ref'], 'fix_applications_entity_ref');
    table.index(['check_at'], 'fix_applications_check_at');
    table.index(['requested_at'], 'fix_applications_requested_at');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('fix_applications');
};
