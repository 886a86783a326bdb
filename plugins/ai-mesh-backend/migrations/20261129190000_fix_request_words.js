/**
 * Why it is not known what became of a pull request, for readers of any language.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('fix_requests', table => {
    table.text('words').comment('JSON: the message for other languages');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE fix_requests DROP COLUMN words');
};
