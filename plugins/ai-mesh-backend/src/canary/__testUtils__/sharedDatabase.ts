import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import type { TestDatabaseId } from '@backstage/backend-test-utils';
import Knex, { type Knex as Database } from 'knex';
import { DatabaseCanaryStore } from '../store';
import {
  databaseService,
  testDatabases,
} from '../store/__testUtils__/testDatabases';

const { databases } = testDatabases();

/** A migrated database that other processes can open: a file of SQLite's, or PostgreSQL. */
export interface SharedDatabase {
  knex: Database;
  store: DatabaseCanaryStore;
  /** What another process opens it with. */
  config: Database.Config;
  remove(): Promise<void>;
}

export async function sharedDatabase(
  id: TestDatabaseId,
): Promise<SharedDatabase> {
  const opened = id === 'SQLITE_3' ? await openFile() : await openPostgres(id);
  const store = await DatabaseCanaryStore.create(databaseService(opened.knex));
  return { ...opened, store };
}

async function openFile() {
  const folder = await mkdtemp(join(tmpdir(), 'ai-mesh-canaries-'));
  const config: Database.Config = {
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'canaries.sqlite') },
    useNullAsDefault: true,
  };
  const knex = Knex(config);
  return {
    knex,
    config,
    async remove() {
      await knex.destroy();
      await rm(folder, { recursive: true });
    },
  };
}

async function openPostgres(id: TestDatabaseId) {
  const knex = await databases.init(id);
  const { client, connection } = knex.client.config;
  return { knex, config: { client, connection }, remove: () => knex.destroy() };
}
