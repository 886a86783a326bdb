/**
 * Pull requests for findings of the review, and what became of them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('fix_requests', table => {
    table.comment('Pull requests for findings of entities');
    table.string('id', 36).primary();
    table.string('entity_ref', 800).notNullable();
    table.string('url', 500).notNullable();
    table.string('asked_by', 800).notNullable();
    table.string('asked_at', 24).notNullable();
    table
      .text('findings')
      .notNullable()
      .comment('JSON: what each is about, and what its fix writes');
    table.string('state', 16).notNullable().comment('Or why it is not known');
    table.text('message').comment('Where it is not known');
    table.string('state_at', 24).comment('When the host said so last');
    table
      .string('check_at', 24)
      .comment('When the host is asked next; empty: never again');
    table.unique(['entity_ref', 'url']);
    table.index(['check_at'], 'fix_requests_check_at');
    table.index(['asked_at'], 'fix_requests_asked_at');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('fix_requests');
};
