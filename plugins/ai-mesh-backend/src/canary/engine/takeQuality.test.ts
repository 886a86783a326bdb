import type { Knex } from 'knex';
import { CountingPrometheus } from '../__testUtils__/CountingPrometheus';
import { EngineRig } from '../__testUtils__/EngineRig';
import {
  gatesOfEveryKind,
  GATES_OF_EVERY_KIND,
} from '../__testUtils__/gatesOfEveryKind';
import { DatabaseCanaryStore } from '../store';
import {
  databaseService,
  testDatabases,
} from '../store/__testUtils__/testDatabases';
import type { GateCatalog } from './takeQuality';

const { databases } = testDatabases();

let knex: Knex;
let rig: EngineRig;

beforeEach(async () => {
  knex = await databases.init('SQLITE_3');
  rig = new EngineRig(await DatabaseCanaryStore.create(databaseService(knex)));
  const prometheus = new CountingPrometheus();
  prometheus.now = () => rig.now;
  rig.cluster.prometheus = prometheus;
  rig.tools.gates = gatesOfEveryKind();
}, 60_000);

afterEach(() => knex.destroy());

/** The votes that the run stands on, both versions together. */
async function votes(): Promise<number> {
  const { quality } = (await rig.record()).progress;
  const [{ canary, stable }] = quality!.shares.votes.evidence.spans;
  return canary.requests + stable.requests;
}

const without = (name: string, { gates, codeGates }: GateCatalog) => ({
  gates: gates.filter(gate => gate.name !== name),
  codeGates: codeGates.filter(gate => gate.name !== name),
});

const renamed = (name: string, { gates, codeGates }: GateCatalog) => ({
  gates: gates.map(gate =>
    gate.name === name ? { ...gate, name: `${name}-of-old` } : gate,
  ),
  codeGates,
});

describe('gates that change while a canary runs with them', () => {
  const plan = {
    intervalSeconds: 30,
    checkSeconds: 15,
    steps: [50, 100],
    qualityGates: GATES_OF_EVERY_KIND,
  };

  it.each([
    ['votes', 'is removed', without],
    ['votes', 'is renamed', renamed],
    ['score', 'is removed', without],
    ['score', 'is renamed', renamed],
    ['evaluated', 'is of a module that is gone', without],
  ])(
    'hold it with the cause where %s %s, and it goes on with its evidence once that is put back',
    async (name, _, change) => {
      await rig.running(plan);
      await rig.visits(15);
      const before = await votes();
      rig.tools.gates = change(name, gatesOfEveryKind());
      await rig.visits(90);
      const { state, progress } = await rig.record();
      expect(state).toBe('progressing');
      expect(await rig.percent()).toBe(50);
      expect(progress.hold).toMatchObject({
        reason: 'no-data',
        message: `${name}: The portal has no gate '${name}' any more: it was renamed or removed (aiMesh.canary.gates) while this canary is to be judged by it. Put it back, or decide by hand.`,
      });
      expect(await votes()).toBeGreaterThanOrEqual(before);
      rig.tools.gates = gatesOfEveryKind();
      await rig.visits(15);
      expect(await votes()).toBeGreaterThan(before);
      await rig.visits(120);
      expect((await rig.record()).state).toBe('promoted');
    },
  );

  it('begin anew where one asks for something else under its name', async () => {
    await rig.running(plan);
    await rig.visits(30);
    const before = await votes();
    const { gates, codeGates } = gatesOfEveryKind();
    rig.tools.gates = {
      codeGates,
      gates: gates.map(gate =>
        gate.kind === 'share' && gate.name === 'votes'
          ? { ...gate, key: 'of other queries' }
          : gate,
      ),
    };
    await rig.visits(15);
    expect(await votes()).toBe(CountingPrometheus.eventsIn(15));
    expect(before).toBeGreaterThan(CountingPrometheus.eventsIn(15));
  });
});
