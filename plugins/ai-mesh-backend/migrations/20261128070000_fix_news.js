/**
 * Until when people are to have heard of what became of a fix: what a process that dies leaves untold, the next tells.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('fix_applications', table => {
    table
      .string('tell_at', 24)
      .comment('When to tell of it, unless it was told; empty: it was');
    table.index(['tell_at'], 'fix_applications_tell_at');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('fix_applications', table => {
    table.dropIndex(['tell_at'], 'fix_applications_tell_at');
  });
  await knex.raw('ALTER TABLE fix_applications DROP COLUMN tell_at');
};
