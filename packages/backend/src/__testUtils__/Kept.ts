import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  type DatabaseService,
  type LoggerService,
} from '@backstage/backend-plugin-api';

/** All that a portal logs, and all that plugins of it keep in their databases. */
export class Kept {
  readonly #lines: string[] = [];
  readonly #databases: DatabaseService[] = [];

  /** @param plugins - those whose databases are read */
  features(plugins: readonly string[]) {
    return [
      createServiceFactory({
        service: coreServices.rootLogger,
        deps: {},
        factory: () => this.#logger({}),
      }),
      ...plugins.map(pluginId =>
        createBackendModule({
          pluginId,
          moduleId: 'kept',
          register: env =>
            env.registerInit({
              deps: { database: coreServices.database },
              init: async ({ database }) => {
                this.#databases.push(database);
              },
            }),
        }),
      ),
    ];
  }

  log(): string {
    return this.#lines.join('\n');
  }

  /** Every row of every table, by the table's name. */
  async tables(): Promise<Record<string, unknown[]>> {
    const tables: Record<string, unknown[]> = {};
    for (const database of this.#databases) {
      const knex = await database.getClient();
      for (const { name } of await knex('sqlite_master')
        .select('name')
        .where({ type: 'table' })) {
        tables[name] = await knex(name);
      }
    }
    return tables;
  }

  #logger(about: object): LoggerService {
    const log = (message: string, meta?: object) => {
      this.#lines.push(
        [message, JSON.stringify({ ...about, ...meta })].join(' '),
      );
    };
    return {
      debug: log,
      info: log,
      warn: log,
      error: log,
      child: meta => this.#logger({ ...about, ...meta }),
    };
  }
}
