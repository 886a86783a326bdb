/**
 * Why something happened to a canary, for readers of other languages.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('canary_transitions', table => {
    table.text('words').comment('JSON: the reason as words of the catalogue');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // Knex would make the table anew in SQLite, without the triggers that keep its rows.
  await knex.raw('ALTER TABLE canary_transitions DROP COLUMN words');
};
