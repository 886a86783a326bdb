import type { Knex } from 'knex';
import { objectsFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import { CountingPrometheus } from '../__testUtils__/CountingPrometheus';
import { EngineRig } from '../__testUtils__/EngineRig';
import { EvidenceLedger } from '../__testUtils__/EvidenceLedger';
import { FakeCluster } from '../__testUtils__/FakeCluster';
import {
  gatesOfEveryKind,
  GATES_OF_EVERY_KIND,
} from '../__testUtils__/gatesOfEveryKind';
import {
  inconsistencies,
  recordedSteps,
} from '../__testUtils__/inconsistencies';
import { poolMesh } from '../__testUtils__/poolMesh';
import { Killed, Replica } from '../__testUtils__/Replica';
import {
  DatabaseCanaryStore,
  StaleCanary,
  type CanaryStore,
  type StoredCanary,
} from '../store';
import {
  databaseService,
  testDatabases,
} from '../store/__testUtils__/testDatabases';
import { withoutCanaries } from '../store/__testUtils__/withoutCanaries';

const { databases } = testDatabases();

const steps = [50, 100];
const CALLS = [
  'c1.before-start.start.1',
  'c1.before-step.1.1',
  'c1.after-promotion.end.1',
];

let knex: Knex;
let store: DatabaseCanaryStore;

beforeAll(async () => {
  knex = await databases.init('SQLITE_3');
  store = await DatabaseCanaryStore.create(databaseService(knex));
}, 60_000);

afterAll(() => knex.destroy());

/** A canary with every kind of evidence, and all that was called and kept while it ran. */
class Promotion {
  readonly rig: EngineRig;
  readonly prometheus = new CountingPrometheus();
  readonly called: string[] = [];
  readonly evidence = new EvidenceLedger();

  private constructor(readonly cluster: FakeCluster) {
    this.rig = new EngineRig(this.#watched(), 'a person', cluster);
    this.prometheus.now = () => this.rig.now;
    cluster.prometheus = this.prometheus;
    this.rig.tools.gates = gatesOfEveryKind();
    this.rig.tools.webhooks = [
      {
        name: 'change-board',
        events: ['before-start', 'before-step', 'after-promotion'],
        call: async id => {
          this.called.push(id);
          return { status: 'answered', body: { verdict: 'go' }, tries: 1 };
        },
      },
    ];
  }

  static async approved(ofPools: boolean): Promise<Promotion> {
    await withoutCanaries(knex);
    const cluster = new FakeCluster();
    const promotion = new Promotion(cluster);
    if (ofPools) {
      promotion.prometheus.counts = 'pickers';
      cluster.objects = objectsFromYaml(poolMesh);
    }
    await promotion.rig.request(
      {
        intervalSeconds: 30,
        checkSeconds: 15,
        steps,
        qualityGates: GATES_OF_EVERY_KIND,
      },
      ofPools
        ? {
            service: { cluster: 'demo', namespace: 'ai', name: 'llm' },
            versions: {
              stable: { pool: 'llm-v1' },
              canary: { pool: 'llm-v2' },
            },
            stable: { host: 'InferencePool:llm-v1.ai' },
            canary: { host: 'InferencePool:llm-v2.ai' },
            route: {
              object: {
                cluster: 'demo',
                apiVersion: 'gateway.networking.k8s.io/v1',
                kind: 'HTTPRoute',
                namespace: 'ai',
                name: 'llm',
              },
            },
          }
        : {},
    );
    await promotion.rig.act('approve');
    return promotion;
  }

  /** Visits in turn, look by look, until nothing is left to do. */
  async goOn(...replicas: Replica[]): Promise<void> {
    let isOver = false;
    for (let look = 0; look < 30 && !isOver; look++) {
      this.rig.pass(15);
      isOver = true;
      for (const replica of replicas) {
        const next = await replica.visit().catch(error => {
          // Somebody else was faster: it begins anew at its next visit.
          if (error instanceof StaleCanary) {
            return { inMs: 0 };
          }
          throw error;
        });
        isOver &&= next === undefined || next === 'never';
      }
    }
  }

  /** The store, with an eye on every record that it keeps. */
  #watched(): CanaryStore {
    return new Proxy<CanaryStore>(store, {
      get: (_, name: keyof CanaryStore) => {
        const method = store[name] as (...of: unknown[]) => Promise<unknown>;
        return async (...of: unknown[]) => {
          const answer = await method.apply(store, of);
          if (name === 'saveForEngine') {
            this.evidence.look((answer as StoredCanary).record.progress);
          }
          return answer;
        };
      },
    });
  }
}

/** What has to hold of every promotion, whatever befell those who carried it out. */
async function expectWhole({
  rig,
  cluster,
  prometheus,
  called,
  evidence,
}: Promotion): Promise<void> {
  const { state, progress } = await rig.record();
  expect(state).toBe('promoted');
  const history = await rig.history();
  expect(inconsistencies(history)).toEqual([]);
  expect(recordedSteps(history)).toEqual(steps);
  // One for each step, and one that takes the marks away.
  expect(cluster.patches).toHaveLength(steps.length + 1);
  expect(evidence.wrong).toEqual([]);
  expect(progress.counted?.byPicker).toBe(
    prometheus.counts === 'pickers' ? true : undefined,
  );
  const calls = history.filter(({ what }) => what === 'webhook');
  expect(calls.map(({ reason }) => reason.split(':')[0])).toEqual([
    'change-board, before-start',
    'change-board, before-step',
    'change-board, after-promotion',
  ]);
  // Whoever is asked twice, since the answer was lost, knows it by the id.
  expect([...new Set(called)]).toEqual(CALLS);
  expect(called.length).toBeLessThanOrEqual(CALLS.length + 1);
  // People hear of every row, in order; twice where it was not kept that they had.
  const rows = history.map(({ seq }) => seq);
  expect([...new Set(rig.told.map(({ seq }) => seq))]).toEqual(rows);
}

/**
 * Something befalls a replica at its first word, at its second, and so on, each time in a promotion of its own, until one
 * goes through with fewer words.
 *
 * @returns how many words a promotion took
 */
async function atEveryWord(
  ofPools: boolean,
  befall: (promotion: Promotion, at: number) => Promise<Replica>,
): Promise<number> {
  for (let at = 1; ; at++) {
    const promotion = await Promotion.approved(ofPools);
    const replica = await befall(promotion, at);
    try {
      await expectWhole(promotion);
    } catch (error) {
      throw new Error(
        `At word ${at}: ${error instanceof Error ? error.message : error}`,
      );
    }
    if (replica.words < at) {
      return at - 1;
    }
  }
}

describe.each([
  ['subsets, whose requests Istio counts', false],
  ['InferencePools, whose endpoint pickers count', true],
])(
  'a canary of %s, with gates of votes and means, a gate in code and a webhook',
  (_, ofPools) => {
    it.each(['after', 'before'])(
      'goes on as if nothing had been where its replica is killed %s any word that changes something',
      async when => {
        const words = await atEveryWord(ofPools, async (promotion, at) => {
          const first = new Replica(promotion.rig, 'first', {
            at,
            only: 'changes',
            fate: async say => {
              if (when === 'after') {
                await say();
              }
              throw new Killed();
            },
          });
          await promotion.goOn(first).catch(error => {
            if (!(error instanceof Killed)) {
              throw error;
            }
          });
          await first.lose();
          await promotion.goOn(new Replica(promotion.rig, 'second'));
          return first;
        });
        expect(words).toBeGreaterThan(15);
        // Some seconds on a quiet machine.
      },
      600_000,
    );

    it('is carried on by one of two replicas alone, where one stands still at any word and goes on when its lease is over', async () => {
      const words = await atEveryWord(ofPools, async (promotion, at) => {
        const second = new Replica(promotion.rig, 'second');
        const first: Replica = new Replica(promotion.rig, 'first', {
          at,
          fate: async say => {
            await first.lose();
            for (let look = 0; look < 2; look++) {
              promotion.rig.pass(15);
              await second.visit();
            }
            return say();
          },
        });
        await promotion.goOn(first, second);
        return first;
      });
      expect(words).toBeGreaterThan(40);
    }, 600_000);
  },
);
