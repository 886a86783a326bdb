import { canaryDetailsSchema } from '@ai-mesh/plugin-ai-mesh-common';
import { readFileSync } from 'fs';
import { resolve } from 'path';
import type { Knex } from 'knex';
import { CountingPrometheus } from '../__testUtils__/CountingPrometheus';
import { EngineRig } from '../__testUtils__/EngineRig';
import { objectsFromYaml } from '../../kubernetes/__testUtils__/snapshotFromYaml';
import { gatesOfEveryKind } from '../__testUtils__/gatesOfEveryKind';
import {
  inconsistencies,
  recordedSteps,
} from '../__testUtils__/inconsistencies';
import { poolMesh } from '../__testUtils__/poolMesh';
import type { CanaryProgress } from '../machine';
import { showCanary } from '../service/showCanary';
import type { ShareEvidence } from '../statistics';
import { DatabaseCanaryStore } from '../store';
import {
  databaseService,
  testDatabases,
} from '../store/__testUtils__/testDatabases';
import { withoutCanaries } from '../store/__testUtils__/withoutCanaries';

const { databases, ids } = testDatabases();

interface OldRow {
  record: {
    plan: object;
    progress: Partial<CanaryProgress> & { move?: unknown };
  };
}

/** What releases since have kept of a canary's evidence, each as it was then. */
const releases: {
  release: string;
  qualityGates?: string[];
  progress: Pick<CanaryProgress, 'counted' | 'quality' | 'check'>;
}[] = JSON.parse(
  readFileSync(
    resolve(__dirname, '../store/__fixtures__/evidenceOfReleases.json'),
    'utf8',
  ),
);

type Row = Record<string, string | number | null>;

/**
 * A canary between InferencePools that a change board has a say in, as the release left it that had both first: where the
 * board had said `hold`, where it had said `go` and the write of that step was begun, and where it was still to be told of
 * the promotion.
 */
const ofPools: Record<
  string,
  {
    at: string;
    route: unknown;
    canary: Row;
    transitions: Row[];
    intent: Row | null;
  }
> = JSON.parse(
  readFileSync(
    resolve(__dirname, '../store/__fixtures__/rowsOfPools.json'),
    'utf8',
  ),
);

/** The requests and the votes of the whole run, and up to when they were counted. */
function counts({
  counted,
  quality,
}: Pick<CanaryProgress, 'counted' | 'quality'>) {
  const all = ({ spans: [{ canary, stable }] }: ShareEvidence) =>
    canary.requests + stable.requests;
  return {
    until: counted?.until ?? NaN,
    requests: counted && all(counted.shares.errorRate),
    votes: quality && all(quality.shares.votes.evidence),
  };
}

/**
 * A canary at 5 % as release 0.1.0 left it when it was ended in the middle of the write to 50 %, without some fields
 * that a release before it may not have written. It must be readable for ever.
 */
function oldRows(change: (row: OldRow) => object = row => row) {
  const file = resolve(__dirname, '../store/__fixtures__/rowsOf0.1.0.json');
  const { canary, transitions, intent } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  const text = (value: unknown) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  const asRow = (row: object) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, text(value)]),
    );
  return {
    canary: {
      ...asRow(change(canary)),
      needs_engine: Boolean(canary.needs_engine),
      lease_owner: 'the old release',
      lease_until: 0,
    },
    transitions: transitions.map(asRow),
    intent: asRow(intent),
  };
}

describe.each(ids)(
  'a backend that is upgraded while a canary runs, on %s',
  id => {
    let knex: Knex;
    let rig: EngineRig;

    beforeEach(async () => {
      knex = await databases.init(id);
      rig = new EngineRig(
        await DatabaseCanaryStore.create(databaseService(knex)),
        'the new release',
      );
      rig.ofOlderRelease = true;
      rig.now = new Date('2025-06-01T12:02:00Z');
      const rows = oldRows();
      await knex('canaries').insert(rows.canary);
      await knex('canary_transitions').insert(rows.transitions);
      await knex('canary_intents').insert(rows.intent);
      rig.cluster.setWeights(95, 5);
      mark();
    }, 60_000);

    afterEach(() => knex.destroy());

    /** The mark that the old release's first write left. */
    function mark(): void {
      rig.cluster.edit('VirtualService', 'chat', ({ metadata }) => {
        metadata.annotations = { note: 'keep', 'ai-mesh.io/canary': 'c1' };
      });
    }

    async function expectPromoted(): Promise<void> {
      await rig.visits(120);
      expect((await rig.record()).state).toBe('promoted');
      const history = await rig.history();
      expect(inconsistencies(history)).toEqual([]);
      expect(recordedSteps(history)).toEqual([5, 50, 100]);
      expect(rig.cluster.weights).toEqual({ v1: 0, v2: 100 });
      expect(rig.cluster.route.metadata.annotations).toEqual({ note: 'keep' });
    }

    it('goes on where the write had not been made', async () => {
      await rig.visit();
      // Nothing was written, so the weights are looked at anew first.
      expect((await rig.record()).intent).toBeUndefined();
      await expectPromoted();
    });

    it('goes on where the write had been made', async () => {
      rig.cluster.setWeights(50, 50);
      mark();
      await rig.visit();
      expect(recordedSteps(await rig.history())).toEqual([5, 50]);
      await expectPromoted();
    });

    it('restores what the old release had recorded', async () => {
      await rig.visit();
      await rig.act('rollBack');
      await rig.visit();
      expect((await rig.record()).state).toBe('rolledBack');
      expect(rig.cluster.weights).toEqual({ v1: undefined });
      expect(rig.cluster.route.metadata.annotations).toEqual({ note: 'keep' });
    });

    it.each(releases)(
      'goes on with the evidence of the release $release',
      async ({ qualityGates = [], progress }) => {
        const prometheus = new CountingPrometheus();
        prometheus.now = () => rig.now;
        rig.cluster.prometheus = prometheus;
        rig.tools.gates = gatesOfEveryKind();
        const { canary } = oldRows(row => {
          const { move, ...before } = row.record.progress;
          return {
            ...row,
            record: {
              ...row.record,
              plan: { ...row.record.plan, qualityGates },
              progress: { ...before, ...progress },
            },
          };
        });
        await knex('canary_intents').delete();
        await knex('canaries').where('id', 'c1').update(canary);
        const before = counts(progress);
        await rig.visit();
        const after = counts((await rig.record()).progress);
        const seconds = after.until - before.until;
        expect(seconds).toBeGreaterThan(0);
        expect(after.requests).toBeCloseTo(
          before.requests! + CountingPrometheus.requestsIn(seconds),
        );
        expect(after.votes).toEqual(
          before.votes && before.votes + CountingPrometheus.eventsIn(seconds),
        );
        await expectPromoted();
        // What was said then is shown as it was.
        const record = await rig.record();
        expect(
          canaryDetailsSchema.safeParse({
            ...showCanary(
              { ...record, progress: { ...record.progress, ...progress } },
              rig.now,
            ),
            transitions: await rig.history(),
          }).error,
        ).toBeUndefined();
      },
    );

    it.each([
      ['held', ['c1.before-step.1.2', 'c1.after-promotion.end.1']],
      ['allowed', ['c1.after-promotion.end.1']],
      ['promoted', ['c1.after-promotion.end.1']],
    ])(
      'goes on between InferencePools with its evidence and with what a webhook has said: %s',
      async (moment, calls) => {
        const { at, route, canary, transitions, intent } = ofPools[moment];
        await withoutCanaries(knex);
        await knex('canaries').insert({
          ...canary,
          needs_engine: Boolean(canary.needs_engine),
          lease_until: 0,
        });
        await knex('canary_transitions').insert(transitions);
        if (intent) {
          await knex('canary_intents').insert(intent);
        }
        const prometheus = new CountingPrometheus();
        prometheus.counts = 'pickers';
        prometheus.now = () => rig.now;
        rig.now = new Date(at);
        rig.cluster.prometheus = prometheus;
        rig.cluster.objects = objectsFromYaml(poolMesh);
        rig.cluster.edit('HTTPRoute', 'llm', object => {
          object.spec = { ...object.spec, rules: route };
          if (moment !== 'promoted') {
            object.metadata.annotations = { 'ai-mesh.io/canary': 'c1' };
          }
        });
        rig.tools.gates = gatesOfEveryKind();
        const asked: string[] = [];
        rig.tools.webhooks = [
          {
            name: 'change-board',
            events: ['before-start', 'before-step', 'after-promotion'],
            call: async call => {
              asked.push(call);
              return { status: 'answered', body: { verdict: 'go' }, tries: 1 };
            },
          },
        ];
        const before = counts((await rig.record()).progress);
        rig.pass(35);
        await rig.visit();
        const after = counts((await rig.record()).progress);
        const seconds = after.until - before.until;
        expect(seconds > 0).toBe(moment !== 'promoted');
        expect(after.requests).toBeCloseTo(
          before.requests! + CountingPrometheus.requestsIn(seconds),
        );
        expect(after.votes).toBeCloseTo(
          before.votes! + CountingPrometheus.eventsIn(seconds),
        );
        await rig.visits(120);
        const { state, progress } = await rig.record();
        expect(state).toBe('promoted');
        expect(progress.counted?.byPicker).toBe(true);
        expect(progress.toTell).toBeUndefined();
        const history = await rig.history();
        expect(inconsistencies(history)).toEqual([]);
        expect(recordedSteps(history)).toEqual([50, 100]);
        expect(asked).toEqual(calls);
      },
    );
  },
);
