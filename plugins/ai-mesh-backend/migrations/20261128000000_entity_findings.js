/**
 * Which findings each entity had when its facts were computed last, beside its models: both are what it is found by.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('entity_models', table => {
    table
      .text('finding_codes')
      .comment("JSON: the review's codes; null: not known");
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entity_models', table => {
    table.dropColumn('finding_codes');
  });
};
