import {
  startSandbox,
  type RunningSandbox,
} from '@ai-mesh/mesh-sandbox/testing';
import Knex, { type Knex as Database } from 'knex';
import {
  CanaryPortal,
  chatRequest,
  writableCluster,
} from './__testUtils__/CanaryPortal';
import { until } from './__testUtils__/startPortal';
import {
  sharedDatabase,
  type SharedDatabase,
} from './canary/__testUtils__/sharedDatabase';

jest.setTimeout(120_000);

const CHAT = '/v1/entities/component/default/chat';
const asked = { ...chatRequest, reason: 'x'.repeat(900) };

/** What a person reads: no statement, no value, no path, no name of a driver. */
const SENTENCE =
  /^The portal's database [a-z ,]+\. (Nothing was changed; weights stay as they are|Facts are kept as they are; it is tried again all the time)\.$/;

interface Fault {
  says: string;
  /** Whether what is there can still be read. */
  reads: boolean;
  begin(): Promise<void>;
  end?(): Promise<void>;
}

describe('the portal, while its database', () => {
  let sandbox: RunningSandbox;
  let shared: SharedDatabase;
  let other: Database;
  let portal: CanaryPortal;
  let id: string;

  const faults: Record<string, Fault> = {
    'is locked by another process': {
      says: 'is locked by somebody else at present',
      reads: false,
      begin: async () => {
        // Another may be just writing.
        await until(
          () =>
            other.raw('begin exclusive').then(
              () => true,
              () => false,
            ),
          Boolean,
          10_000,
        );
      },
      end: async () => {
        await other.raw('rollback');
      },
    },
    'has no space left': {
      says: 'has no space left on its disk',
      reads: true,
      begin: async () => {
        await shared.knex.raw('vacuum');
        const [{ page_count: pages }] =
          await shared.knex.raw('pragma page_count');
        await shared.knex.raw(`pragma max_page_count = ${pages}`);
      },
      end: async () => {
        await shared.knex.raw('pragma max_page_count = 100000');
      },
    },
    'may only be read': {
      says: 'may only be read, not written',
      reads: true,
      begin: async () => {
        await shared.knex.raw('pragma query_only = 1');
      },
      end: async () => {
        await shared.knex.raw('pragma query_only = 0');
      },
    },
    // The last: it does not come back.
    'has lost its connections': {
      says: 'does not answer at present',
      reads: false,
      begin: () => shared.knex.destroy(),
    },
  };

  beforeAll(async () => {
    sandbox = await startSandbox();
    shared = await sharedDatabase('SQLITE_3');
    other = Knex(shared.config);
    portal = await CanaryPortal.start({
      clusters: [writableCluster(sandbox)],
      knex: shared.knex,
    });
    ({ id } = await portal.as('olivia').request());
    await portal.as('olivia').actNow(id, 'cancel');
    await until(
      () => portal.http('rita', 'get', `${CHAT}/facts`),
      ({ status }) => status === 200,
      30_000,
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await other?.destroy();
    await shared?.remove();
    await sandbox?.stop();
  });

  it.each(Object.keys(faults))(
    '%s, says so plainly with 503 wherever it needs it, and shows the rest',
    async name => {
      const { says, reads, begin, end } = faults[name];
      const readings: [string, body?: object][] = [
        ['/v1/canaries'],
        [`/v1/canaries/${id}`],
        [`/v1/canaries/${id}/transitions`],
        [`${CHAT}/canaries`],
        [`${CHAT}/facts`],
        [`${CHAT}/scorecard`],
        ['/v1/facts'],
        ['/v1/facts', { entityRefs: ['component:default/chat'] }],
        ['/v1/models'],
      ];
      await begin();
      try {
        for (const [path, body] of readings) {
          const { status, text } = await portal.http(
            'rita',
            body ? 'post' : 'get',
            path,
            body,
          );
          expect([path, status, text]).toEqual([
            path,
            reads ? 200 : 503,
            expect.stringContaining(reads ? '' : says),
          ]);
          const said = JSON.parse(text).error?.message ?? '';
          expect([path, said, SENTENCE.test(said)]).toEqual([
            path,
            said,
            !reads,
          ]);
        }
        const { status, body } = await portal.http(
          'olivia',
          'post',
          '/v1/canaries',
          asked,
        );
        expect([status, body.error.message]).toEqual([
          503,
          `The portal's database ${says}. Nothing was changed; weights stay as they are.`,
        ]);
        for (const path of [
          `${CHAT}/overview`,
          `${CHAT}/routes`,
          '/v1/fleet',
          '/v1/fleet/hurting',
        ]) {
          const answer = await portal.http('rita', 'get', path);
          expect([path, answer.status]).toEqual([path, 200]);
          expect(answer.text).not.toMatch(
            /\b(select|insert|update) .*\b(from|into|set)\b|sqlite|knex/i,
          );
        }
      } finally {
        await end?.();
      }
      const after = await portal.http('rita', 'get', `/v1/canaries/${id}`);
      expect(after.status).toBe(end ? 200 : 503);
    },
  );
});
