/**
 * Pull requests for more than findings: STRICT manifests, rules of objectives, weights of canaries. Those that are there
 * are for findings.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('fix_requests', table => {
    table.string('kind', 16).notNullable().defaultTo('finding');
    table
      .string('canary', 100)
      .comment('The id of the one whose weights it keeps');
    table
      .text('objects')
      .comment('JSON: which they are, and how it is to have them');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // Who knew findings alone would take the others for requests without any.
  await knex('fix_requests').whereNot('kind', 'finding').delete();
  for (const column of ['objects', 'canary', 'kind']) {
    await knex.raw(`ALTER TABLE fix_requests DROP COLUMN ${column}`);
  }
};
