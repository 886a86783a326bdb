import type {
  CanaryGateAnswer,
  CanaryGateInput,
} from '@ai-mesh/plugin-ai-mesh-node';
import { poolHost } from '@ai-mesh/plugin-ai-mesh-common';
import type { Knex } from 'knex';
import { EngineRig } from '../__testUtils__/EngineRig';
import { DatabaseCanaryStore } from '../store';
import {
  databaseService,
  testDatabases,
} from '../store/__testUtils__/testDatabases';
import { aCanary } from '../machine/__testUtils__/aCanary';
import { CodeGate } from './CodeGate';
import { judgeInCode } from './judgeInCode';

const { databases } = testDatabases();

describe('a canary with a gate in code that hangs', () => {
  let knex: Knex;
  let rig: EngineRig;
  const asked: CanaryGateInput[] = [];

  beforeEach(async () => {
    asked.length = 0;
    knex = await databases.init('SQLITE_3');
    rig = new EngineRig(
      await DatabaseCanaryStore.create(databaseService(knex)),
    );
    rig.tools.gates = {
      gates: [],
      codeGates: [
        new CodeGate({
          name: 'evaluated',
          title: { en: 'Evaluated answers' },
          rollBackWhen: 'below 0.6',
          advanceWhen: 'at least 0.7',
          timeoutMs: 20_000,
          judge: input => {
            asked.push(input);
            return new Promise<CanaryGateAnswer>(() => {});
          },
        }),
      ],
    };
    await rig.running({
      intervalSeconds: 30,
      checkSeconds: 15,
      steps: [5, 50, 100],
      qualityGates: ['evaluated'],
    });
    await rig.visits(120);
  }, 60_000);

  afterEach(() => knex.destroy());

  it('stays where it is, and says what it waits for', async () => {
    expect(asked).toHaveLength(1);
    expect(asked[0].signal.aborted).toBe(false);
    expect(await rig.percent()).toBe(5);
    expect((await rig.record()).progress.hold?.message).toContain(
      'Evaluated answers: It was asked, and has not answered yet.',
    );
  });

  it('is taken back at the next look once it fails, sooner than the gate would be late, and the gate is told', async () => {
    const began = performance.now();
    rig.cluster.prometheus.canaryErrorRatio = 1;
    await rig.visits(15);
    expect((await rig.record()).state).not.toBe('progressing');
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(asked).toHaveLength(1);
    expect(asked[0].signal.aborted).toBe(true);
  });
});

it('tells a gate in code which InferencePools the versions are', async () => {
  const asked: CanaryGateInput[] = [];
  const pool = (name: string) => ({ namespace: 'ai', name });
  await judgeInCode(
    aCanary(
      {},
      {
        stable: { host: poolHost(pool('llm.v1')) },
        canary: { host: poolHost(pool('llm.v2')) },
      },
    ),
    [
      new CodeGate({
        name: 'evaluated',
        title: { en: 'Evaluated answers' },
        rollBackWhen: 'below 0.6',
        advanceWhen: 'at least 0.7',
        judge: async input => {
          asked.push(input);
          return { outcome: 'pass', reason: 'As good as ever.' };
        },
      }),
    ],
    { windowSeconds: 300, at: new Date('2025-06-01T12:00:00Z') },
  );
  expect(asked).toMatchObject([
    { stable: { pool: pool('llm.v1') }, canary: { pool: pool('llm.v2') } },
  ]);
});
