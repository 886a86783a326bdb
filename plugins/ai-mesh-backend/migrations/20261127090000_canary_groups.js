/**
 * Which canaries were asked for together, one in each of several clusters.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('canaries', table => {
    table
      .string('group_id', 36)
      .comment('The same for all canaries of one request for several clusters');
    table.index(['group_id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('canaries', table => {
    table.dropIndex(['group_id']);
  });
  // Knex would make SQLite's table anew, under the feet of the triggers that guard the history.
  await knex.raw('alter table canaries drop column group_id');
};
