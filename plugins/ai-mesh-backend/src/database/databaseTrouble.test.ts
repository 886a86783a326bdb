import { inEnglish, wording } from '@ai-mesh/plugin-ai-mesh-common';
import Knex, { type Knex as Database } from 'knex';
import { sharedDatabase } from '../canary/__testUtils__/sharedDatabase';
import { TcpGate } from '../canary/__testUtils__/TcpGate';
import { aCanary } from '../canary/machine/__testUtils__/aCanary';
import { DatabaseCanaryStore, type CanaryStore } from '../canary/store';
import { databaseTrouble, explainingStore } from './databaseTrouble';
import {
  databaseService,
  testDatabases,
} from '../canary/store/__testUtils__/testDatabases';

const { ids } = testDatabases();
const postgres = ids.filter(([id]) => id !== 'SQLITE_3');

const requested = {
  seq: 1,
  at: '2025-06-01T12:00:00.000Z',
  by: 'user:default/olivia',
  from: null,
  to: 'requested' as const,
  what: 'requested',
  // More than what is left of a page.
  reason: 'x'.repeat(20_000),
};

async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    thrown => thrown,
  );
  return { name: error?.name, message: error?.message as string };
}

const CONSEQUENCE = 'database.weightsStay';

const sentence = (what: string) => ({
  name: 'ServiceUnavailableError',
  message: `The portal's database ${what}. ${inEnglish([wording(CONSEQUENCE)])}`,
});

it('may be given by a promise', async () => {
  const store = { what: 'kept', read: async () => 7 };
  const explaining = await Promise.resolve(
    explainingStore(store, CONSEQUENCE, () => undefined),
  );
  expect(await explaining.read()).toBe(7);
  expect(explaining.what).toBe('kept');
});

describe('SQLite', () => {
  let knex: Database;
  let store: CanaryStore;
  let shared: Awaited<ReturnType<typeof sharedDatabase>>;

  beforeEach(async () => {
    shared = await sharedDatabase('SQLITE_3');
    knex = shared.knex;
    store = explainingStore(shared.store, CONSEQUENCE, () => undefined);
  });

  afterEach(async () => {
    await shared.remove();
  });

  const write = (id: string) =>
    refusalOf(store.create({ ...aCanary(), id }, [requested]));

  it('says that its disk is full, and works again once it is not', async () => {
    const [{ page_count: pages }] = await knex.raw('pragma page_count');
    await knex.raw(`pragma max_page_count = ${pages}`);
    expect(await write('c1')).toEqual(
      sentence('has no space left on its disk'),
    );
    await knex.raw('pragma max_page_count = 100000');
    expect(await store.get('c1')).toBeUndefined();
    expect(await write('c1')).toEqual({});
  });

  it('says that it is locked, and does not keep the portal waiting for that', async () => {
    const other = Knex(shared.config);
    await other.raw('begin exclusive');
    const locked = sentence('is locked by somebody else at present');
    expect(await write('c1')).toEqual(locked);
    expect(await refusalOf(store.get('c1'))).toEqual(locked);
    expect(await knex.raw('pragma busy_timeout')).toEqual([{ timeout: 250 }]);
    await other.raw('rollback');
    await other.destroy();
    expect(await write('c1')).toEqual({});
  });

  it('says that its file may only be read, and reads', async () => {
    const { filename } = shared.config.connection as { filename: string };
    const readOnly = Knex({
      ...shared.config,
      connection: { filename, options: { readonly: true } },
    });
    const reading = explainingStore(
      await DatabaseCanaryStore.create({
        ...databaseService(readOnly),
        migrations: { skip: true },
      }),
      CONSEQUENCE,
      () => undefined,
    );
    expect(await refusalOf(reading.create(aCanary(), [requested]))).toEqual(
      sentence('may only be read, not written'),
    );
    expect(await reading.get('c1')).toBeUndefined();
    await readOnly.destroy();
  });
});

// Skipped by name where no PostgreSQL is given.
(postgres.length > 0 ? describe.each(postgres) : describe.skip.each([['-']]))(
  '%s',
  id => {
    it('says that it does not answer, once its connection is lost', async () => {
      const shared = await sharedDatabase(id as never);
      const { connection } = shared.config;
      const { host, port } = connection as { host: string; port: number };
      const gate = await TcpGate.start(host, Number(port));
      const knex = Knex({
        ...shared.config,
        connection: {
          ...(connection as object),
          host: '127.0.0.1',
          port: gate.port,
        },
        acquireConnectionTimeout: 1000,
        log: { warn: () => undefined, error: () => undefined },
      });
      const store = explainingStore(
        await DatabaseCanaryStore.create(databaseService(knex)),
        CONSEQUENCE,
        () => undefined,
      );
      expect(await store.get('c1')).toBeUndefined();
      gate.close();
      const away = sentence('does not answer at present');
      expect(await refusalOf(store.get('c1'))).toEqual(away);
      expect(await refusalOf(store.create(aCanary(), [requested]))).toEqual(
        away,
      );
      gate.open();
      expect(await store.get('c1')).toBeUndefined();
      await knex.destroy();
      await gate.stop();
      await shared.remove();
    }, 60_000);

    it('says that it may only be read', async () => {
      const shared = await sharedDatabase(id as never);
      const knex = Knex({
        ...shared.config,
        pool: {
          afterCreate: (
            client: { query(sql: string, done: () => void): void },
            done: (error: null, client: unknown) => void,
          ) =>
            client.query('set default_transaction_read_only = on', () =>
              done(null, client),
            ),
        },
      });
      const store = explainingStore(
        await DatabaseCanaryStore.create({
          ...databaseService(knex),
          migrations: { skip: true },
        }),
        CONSEQUENCE,
        () => undefined,
      );
      expect(await refusalOf(store.create(aCanary(), [requested]))).toEqual(
        sentence('may only be read, not written'),
      );
      await knex.destroy();
      await shared.remove();
    }, 60_000);
  },
);

describe('databaseTrouble', () => {
  it.each([
    [{ code: 'SQLITE_IOERR_WRITE' }, 'does not answer at present'],
    [{ code: 'SQLITE_CORRUPT' }, 'is damaged, or is no database'],
    [{ code: 'ECONNREFUSED' }, 'does not answer at present'],
    [{ code: '57P01' }, 'does not answer at present'],
    [{ code: '53100' }, 'has no space left on its disk'],
    [{ code: '53300' }, 'takes no more connections'],
    [{ code: '40P01' }, 'is locked by somebody else at present'],
    [{ code: '42P01' }, 'refused with 42P01'],
    [{ name: 'KnexTimeoutError' }, 'does not answer at present'],
  ])('says of %j that it %s', (error, what) => {
    expect(inEnglish([databaseTrouble(error)!])).toBe(
      `The portal's database ${what}.`,
    );
  });

  it.each([
    [new TypeError('x is not a function')],
    [undefined],
    ['text'],
    [{}],
  ])('leaves %p to whoever made it', error => {
    expect(databaseTrouble(error)).toBeUndefined();
  });
});
