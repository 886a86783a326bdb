/**
 * Facts of entities: as they are, every change of the last days, and the last of every day.
 *
 * Times are ISO 8601 in UTC, which sort as they are written.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('entity_facts', table => {
    table.comment('Of each entity the facts as they were computed last');
    table.string('entity_ref', 800).primary();
    table.integer('version').comment('Of the definitions; null: not computed');
    table.string('observed_at', 24);
    table.string('due_at', 24).notNullable().comment('Its next turn');
    table.text('facts').notNullable().comment('JSON');
    table
      .text('places')
      .notNullable()
      .comment('JSON: clusters and namespaces that they depend on');
    table.string('etag', 100).comment("The catalog's, when they were computed");
    table
      .string('gone_at', 24)
      .comment('Since when the catalog does not have it');
    table.index(['due_at']);
  });
  await knex.schema.createTable('fact_changes', table => {
    table.comment('What changed of the facts of an entity');
    table.string('entity_ref', 800).notNullable();
    table.string('at', 24).notNullable();
    table.text('facts').notNullable().comment('JSON; null: not known');
    table.primary(['entity_ref', 'at']);
    table.index(['at']);
  });
  await knex.schema.createTable('fact_days', table => {
    table.comment('The last of each day that was known of each fact');
    table.string('entity_ref', 800).notNullable();
    table.string('day', 10).notNullable();
    table.text('facts').notNullable().comment('JSON; null: not known');
    table.primary(['entity_ref', 'day']);
    table.index(['day']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('fact_days');
  await knex.schema.dropTable('fact_changes');
  await knex.schema.dropTable('entity_facts');
};
