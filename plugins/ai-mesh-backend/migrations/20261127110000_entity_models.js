/**
 * The models that each entity used when its facts were computed last.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('entity_models', table => {
    table.comment('Of each entity the models, as they were seen last');
    table.string('entity_ref', 800).primary();
    table.string('observed_at', 24).notNullable();
    table.text('models').notNullable().comment('JSON, or why not known');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('entity_models');
};
