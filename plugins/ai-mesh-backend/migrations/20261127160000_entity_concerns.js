/**
 * What the owners of entities are told: spent budgets, new findings, certificates that end.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('entity_concerns', table => {
    table.comment('What stands or stood of each entity, and what was told');
    table
      .string('entity_ref', 800)
      .notNullable()
      .comment('Or the cluster that it is about, as cluster:NAME');
    table.string('key', 64).notNullable().comment('SHA-256 of the subject');
    table.text('subject').notNullable();
    table.string('since', 24).notNullable();
    table.string('gone_at', 24).comment('Empty: it stands');
    table.string('event_for', 24).comment('The since that was told last');
    table.string('event_at', 24);
    table.string('notice_for', 24);
    table.string('notice_at', 24);
    table.primary(['entity_ref', 'key']);
    table.index(['gone_at'], 'entity_concerns_gone_at');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('entity_concerns');
};
