import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';

/** PostgreSQL of the versions that a connection string may be given for. */
const postgres = [
  'POSTGRES_18',
  'POSTGRES_17',
  'POSTGRES_16',
  'POSTGRES_15',
  'POSTGRES_14',
  'POSTGRES_13',
] as const;

/** SQLite, and a PostgreSQL where the environment names one. Nothing is started for it. */
export function testDatabases() {
  const databases = TestDatabases.create({
    ids: ['SQLITE_3', ...postgres],
    disableDocker: true,
  });
  return {
    databases,
    ids: databases.eachSupportedId(),
    hasPostgres: postgres.some(id => databases.supports(id)),
  };
}

/** A database as a plugin gets it. */
export function databaseService(knex: Knex): DatabaseService {
  return { getClient: async () => knex };
}

/** With the plugin's tables. */
export async function migrated(knex: Knex): Promise<Knex> {
  await knex.migrate.latest({
    directory: resolvePackagePath(
      '@ai-mesh/plugin-ai-mesh-backend',
      'migrations',
    ),
  });
  return knex;
}
